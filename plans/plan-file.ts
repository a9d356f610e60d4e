/** Reads a plan file: YAML, schema, lint. Everything that is wrong comes back as findings with their lines. */

import { readFileSync, statSync } from 'node:fs';
import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { error, type Finding } from '#domain/lint/finding.ts';
import { lint } from '#domain/lint/lint.ts';
import type { PlanRefusal } from '#domain/lint/plan-refusals.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { PlanSchema } from '#functions/contracts/plan.ts';
import { templatesOf } from '#mails/library.ts';
import { templateProblems } from '#presentation/mail/template-check.ts';
import { type Path, schemaFindings } from './schema-findings.ts';
import {
  aliasesMax,
  aliasesWithoutEnd,
  aliasOfNothing,
  anomalyFinding,
  type Lined,
} from './syntax-findings.ts';

export type FileFinding = Lined<Finding>;

export interface PlanFile {
  /** When the file parses into one, whatever lint says of it. */
  readonly plan?: Plan;
  /** The plan's own, where it can be read. */
  readonly language?: Plan['language'];
  readonly findings: readonly FileFinding[];
}

/** A plan file that cannot be used. Why is a code; whoever has a reader gives the error its sentence (`said`). */
export class PlanRefused extends Error {
  /** `PlanNotReadable`: missing, too large, not a file. `PlanRefused`: what it says cannot be used. */
  override readonly name: 'PlanNotReadable' | 'PlanRefused';
  readonly refusal: PlanRefusal;
  readonly language: Plan['language'] | undefined;
  constructor(refusal: PlanRefusal, language?: Plan['language'], said: string = refusal.code) {
    super(said);
    this.name = refusal.code === 'plan-with-errors' ? 'PlanRefused' : 'PlanNotReadable';
    this.refusal = refusal;
    this.language = language;
  }
}

/** A plan without errors; warnings do not stop it. Throws PlanRefused. */
export function loadPlan(path: string): Plan {
  const { plan, language, findings } = readPlan(path);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (plan && errors.length === 0) return plan;
  throw new PlanRefused({ code: 'plan-with-errors', params: { path, errors } }, language);
}

/** What is in the file, and what is wrong with it. Throws PlanRefused when it cannot be read. */
export function readPlan(path: string): PlanFile {
  const lines = new LineCounter();
  // Of keys that are no texts it would warn on standard error, in pieces of the file; the schema refuses them.
  const options = { lineCounter: lines, uniqueKeys: true, logLevel: 'error' } as const;
  const document: Document = parseDocument(readText(path), options);
  const unclear = document.warnings.map((one) => anomalyFinding('yaml-unclear', one, lines));
  const language = languageOf(document);
  const found = (findings: readonly FileFinding[]): PlanFile => ({
    ...present({ language }),
    findings,
  });
  if (document.errors.length > 0)
    return found([...document.errors.map((one) => anomalyFinding('yaml', one, lines)), ...unclear]);
  if (!isPlan(document)) return found([error('no-plan', { path: '', value: null, params: {} })]);
  const nameless = aliasOfNothing(document, lines);
  if (nameless) return found([...unclear, nameless]);
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: aliasesMax });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    return found([...unclear, aliasesWithoutEnd()]);
  }
  const placed = (finding: Finding, at: Path): FileFinding => {
    const line = lineOf(document, at, lines);
    return line === undefined ? finding : { ...finding, line };
  };
  const parsed = PlanSchema.safeParse(raw);
  if (parsed.success) {
    const all = [...lint(parsed.data), ...mailFindings(parsed.data)];
    const findings = all.map((finding) => placed(finding, pathOf(finding.path)));
    return { plan: parsed.data, ...found([...unclear, ...findings]) };
  }
  const findings = parsed.error.issues
    .flatMap((issue) => schemaFindings(issue, raw))
    .map(({ at, finding }) => placed(finding, at));
  return found([...unclear, ...findings]);
}

/** A plan says which version of its format it has; what does not may be anything, and nothing of it is shown. */
const isPlan = (document: Document): boolean =>
  isMap(document.contents) && typeof document.get('jalon') === 'number';

function languageOf(document: Document): Plan['language'] | undefined {
  const said: unknown = isPlan(document) ? document.get('language') : undefined;
  return said === 'fr' || said === 'en' ? said : undefined;
}

/** Where a place of the plan stands, or else what is around it. */
function lineOf(document: Document, at: Path, lines: LineCounter): number | undefined {
  for (let length = at.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(at.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
  }
  return undefined;
}

/** A mail that cannot be written is found here, not at the send. */
const mailFindings = (plan: Plan): readonly Finding[] =>
  templateProblems(plan, templatesOf(plan)).map(({ nth, problem }) =>
    error('mail-template', {
      path: `messages[${nth}]`,
      value: plan.messages[nth]?.id ?? null,
      params: { problem },
    }),
  );

const bytesMax = 1024 * 1024;

function readText(path: string): string {
  try {
    const file = statSync(path);
    const { size: bytes } = file;
    // A device or a pipe has no size, and may have no end.
    if (!file.isFile()) throw new PlanRefused({ code: 'not-a-file', params: { path } });
    if (bytes > bytesMax)
      throw new PlanRefused({ code: 'too-many-bytes', params: { path, bytes, bytesMax } });
    return readFileSync(path, 'utf8');
  } catch (fault) {
    if (fault instanceof PlanRefused || !(fault instanceof Error)) throw fault;
    const cause = 'code' in fault ? String(fault.code) : fault.name;
    throw new PlanRefused({ code: 'cannot-be-read', params: { path, cause } });
  }
}

/** `phases[4].gate.criteria[0]` as the keys and indices that lead there. */
const pathOf = (path: string): Path =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
