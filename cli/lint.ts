/** `jalon lint`: every problem of a plan with its place, its value, what is allowed and a fix, in the reader's language. */

import { say } from '#domain/coded.ts';
import { type FileFinding, type PlanFile, PlanRefused, readPlan } from '#plans/plan-file.ts';
import type { Language } from '#presentation/format.ts';
import { type LintTexts, sayFinding } from '#presentation/messages/findings/finding-texts.ts';
import { lintTextsOf } from '#presentation/messages/findings/texts.ts';
import type { Io } from './terminal/io.ts';
import { padEnd, widest } from './terminal/layout.ts';

export interface LintOptions {
  readonly json?: boolean;
  /** Absent: the plan's own, where it can be read, or else English. */
  readonly lang?: Language;
}

/** Exit codes: 0 nothing or warnings only, 1 errors, 2 the file cannot be read. */
export async function runLint(path: string, { json, lang }: LintOptions, io: Io): Promise<number> {
  let file: PlanFile;
  try {
    file = readPlan(path);
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    io.stderr(`${say(lintTextsOf(lang ?? 'en').refusals, error.refusal)}\n`);
    return 2;
  }
  const texts = lintTextsOf(lang ?? file.language ?? 'en');
  io.stdout(json ? documentOf(texts, file.findings) : report(texts, path, file.findings));
  return file.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** What a program reads: each finding with its facts and its sentences; of a long value the beginning. */
const documentOf = (texts: LintTexts, findings: readonly FileFinding[]): string =>
  `${JSON.stringify(
    findings.map((finding) => {
      const value = jsonOf(finding.value);
      const shown = value.length > lengthMax ? { value: shorten(value) } : {};
      return { ...finding, ...shown, ...sayFinding(texts, finding) };
    }),
    null,
    2,
  )}\n`;

function report(texts: LintTexts, path: string, findings: readonly FileFinding[]): string {
  // What must be mended comes first; within a group the order of the paths stays.
  const { error = [], warning = [] } = Object.groupBy(findings, ({ severity }) => severity);
  const blocks = [...error, ...warning].map((finding) => describe(texts, path, finding));
  return `${[...blocks, texts.counts(error.length, warning.length)].join('\n')}\n`;
}

const marks = { error: '✗', warning: '!' } as const;

function describe(texts: LintTexts, file: string, finding: FileFinding): string {
  const { severity, rule, line, path, value } = finding;
  const { message, allowed, fix } = sayFinding(texts, finding);
  const place = line === undefined ? file : `${file}:${line}`;
  const { labels } = texts;
  const width = widest(Object.values(labels));
  const row = (label: keyof typeof labels, text: string) => `    ${padEnd(labels[label], width)} ${text}`;
  return [
    `${marks[severity]} ${texts.severities[severity]}  ${place}  ${path}`.trimEnd(),
    `    ${message} (${rule})`,
    row('value', shorten(jsonOf(value))),
    row('allowed', shorten(allowed)),
    row('fix', fix),
    '',
  ].join('\n');
}

const jsonOf = (value: unknown) => JSON.stringify(value) ?? 'null';
const lengthMax = 300;
const shorten = (text: string) => (text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text);
