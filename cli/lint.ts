/** `jalon lint`: every problem of a plan with its place, its value, what is allowed and a fix. */

import { type FileFinding, PlanNotReadable, readPlan } from '#plans/plan-file.ts';
import type { Io } from './terminal/io.ts';

/** Exit codes: 0 nothing or warnings only, 1 errors, 2 the file cannot be read. */
export async function runLint(path: string, options: { readonly json?: boolean }, io: Io): Promise<number> {
  let findings: readonly FileFinding[];
  try {
    ({ findings } = readPlan(path));
  } catch (error) {
    if (!(error instanceof PlanNotReadable)) throw error;
    io.stderr(`${error.message}\n`);
    return 2;
  }
  io.stdout(options.json ? `${JSON.stringify(findings, null, 2)}\n` : report(path, findings));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function report(path: string, findings: readonly FileFinding[]): string {
  // What must be mended comes first; within a group the order of the paths stays.
  const { error = [], warning = [] } = Object.groupBy(findings, ({ severity }) => severity);
  const blocks = [...error, ...warning].map((finding) => describe(path, finding));
  return `${[...blocks, `${error.length} errors, ${warning.length} warnings`].join('\n')}\n`;
}

function describe(
  file: string,
  { severity, rule, line, path, value, message, allowed, fix }: FileFinding,
): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return [
    `${severity === 'error' ? '✗ error' : '! warning'}  ${place}  ${path}`,
    `    ${message} (${rule})`,
    `    value:   ${shorten(JSON.stringify(value) ?? 'none')}`,
    `    allowed: ${shorten(allowed)}`,
    `    fix:     ${fix}`,
    '',
  ].join('\n');
}

const lengthMax = 300;
const shorten = (text: string) => (text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text);
