/** Reads a plan file: YAML, schema, lint. Everything that is wrong comes back as findings with their lines. */
import { readFileSync, statSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { type Finding, lint } from '#domain/lint/lint.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { unreachable } from '#domain/unreachable.ts';
import { PlanSchema } from '#functions/contracts/plan.ts';
import { templatesOf } from '#mails/library.ts';
import { templateProblems } from '#presentation/mail/template-check.ts';
import { allowedKeys, nearest } from './plan-keys.ts';

export type FileFinding = Finding & { readonly line?: number };

/** The file itself cannot be read: missing, too large, not a file. */
export class PlanNotReadable extends Error {
  override readonly name = 'PlanNotReadable';
}

/** The file can be read, and what it says cannot be used. */
export class PlanRefused extends Error {
  override readonly name = 'PlanRefused';
}

const findingsShownMax = 5;

/** A plan without errors; warnings do not stop it. Throws PlanNotReadable, PlanRefused. */
export function loadPlan(path: string): Plan {
  const { plan, findings } = readPlan(path);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (plan && errors.length === 0) return plan;
  const named = errors.slice(0, findingsShownMax).map(({ path: at, message }) => `  ${at}: ${message}`);
  const others = errors.length - named.length;
  throw new PlanRefused(
    [
      `the plan ${path} cannot be used:`,
      ...named,
      ...(others > 0 ? [`  … and ${others} other errors`] : []),
      `"jalon lint ${path}" says all that is wrong and what to do.`,
    ].join('\n'),
  );
}

const bytesMax = 1024 * 1024;
const aliasesMax = 100;

type Path = readonly PropertyKey[];

/** A plan when the file parses into one, whatever lint says of it. Throws PlanNotReadable. */
export function readPlan(path: string): { readonly plan?: Plan; readonly findings: readonly FileFinding[] } {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, uniqueKeys: true });
  const said = (severity: Finding['severity'], problems: readonly Problem[]) =>
    problems.map((problem) => syntaxFinding(severity, problem, lines));
  // Two anomalies are warnings of the parser: a tag that it does not know and a directive that means nothing.
  const unclear = said('warning', document.warnings);
  if (document.errors.length > 0) return { findings: [...said('error', document.errors), ...unclear] };
  const lineOf = (at: Path): number | undefined => {
    for (let length = at.length; length > 0; length -= 1) {
      const node: unknown = document.getIn(at.slice(0, length), true);
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
      if (Array.isArray(range) && typeof range[0] === 'number') return lines.linePos(range[0]).line;
    }
    return undefined;
  };
  const placed = (finding: Finding, at: Path): FileFinding => {
    const line = lineOf(at);
    return line === undefined ? finding : { ...finding, line };
  };
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: aliasesMax });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { findings: [...unclear, aliasFinding(error)] };
  }
  const parsed = PlanSchema.safeParse(raw);
  if (parsed.success) {
    const found = [...lint(parsed.data), ...mailFindings(parsed.data)];
    const findings = found.map((finding) => placed(finding, pathOf(finding.path)));
    return { plan: parsed.data, findings: [...unclear, ...findings] };
  }
  const findings = parsed.error.issues
    .flatMap((issue) => schemaFindings(issue, raw))
    .map(({ at, ...finding }) => placed(finding, at));
  return { findings: [...unclear, ...findings] };
}

/** A mail that cannot be written is found here, not at the send. */
const mailFindings = (plan: Plan): readonly Finding[] =>
  templateProblems(plan, templatesOf(plan)).map(({ nth, problem }) => ({
    severity: 'error',
    rule: 'mail-template',
    path: `messages[${nth}]`,
    value: plan.messages[nth]?.id ?? null,
    message: problem,
    allowed: 'a template in mails/ that uses the variables of its kind of message',
    fix: 'write or correct the template, then run npm run mails (docs/mails.md)',
  }));

function readText(path: string): string {
  try {
    const file = statSync(path);
    const { size } = file;
    // A device or a pipe has no size, and may have no end.
    if (!file.isFile()) {
      throw new PlanNotReadable(
        `${path} is not a file: give the path of a plan file, for example plans/example.yaml`,
      );
    }
    if (size > bytesMax) {
      throw new PlanNotReadable(
        `${path} has ${size} bytes; a plan has at most ${bytesMax}: is it the right file?`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof PlanNotReadable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlanNotReadable(
      `${path} cannot be read (${reason}): give the path of a plan file, for example plans/example.yaml`,
    );
  }
}

interface Problem {
  readonly message: string;
  readonly pos: readonly [number, number];
}

function syntaxFinding(
  severity: Finding['severity'],
  { message, pos }: Problem,
  lines: LineCounter,
): FileFinding {
  const { line, col } = lines.linePos(pos[0]);
  return {
    severity,
    rule: 'yaml',
    path: '',
    value: `column ${col}`,
    message: (message.split('\n')[0] ?? message).replace(/:$/, ''),
    allowed: 'YAML with each key once',
    fix:
      severity === 'error'
        ? 'correct the text at this line; the plan in it was not looked at'
        : 'write plain YAML at this line',
    line,
  };
}

/** An alias without its anchor, or aliases that unfold into far more than the file. */
const aliasFinding = ({ message }: ReferenceError): FileFinding => ({
  severity: 'error',
  rule: 'yaml',
  path: '',
  value: null,
  message,
  allowed: `aliases of anchors that come before them, unfolding at most ${aliasesMax} times`,
  fix: 'write the value itself where the alias stands',
});

/** `phases[4].gate.criteria[0]` as the keys and indices that lead there. */
const pathOf = (path: string): Path =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

type PlacedFinding = Finding & { readonly at: Path };
type Issue = z.core.$ZodIssue;

/** One finding an issue, and one for each key that the schema does not know. */
function schemaFindings(issue: Issue, raw: unknown): readonly PlacedFinding[] {
  const at = issue.path;
  const value = valueAt(raw, at);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = allowedKeys(at);
      return issue.keys.map((key) => unknownKey([...at, key], key, allowed, raw));
    }
    case 'invalid_key':
      return [unusable(at, at.at(-1), allowedOf(issue), 'the name cannot be used')];
    case 'invalid_union':
      return unionFindings(issue, raw);
    case 'invalid_type':
    case 'invalid_value':
      return value === undefined
        ? [missing(at, allowedOf(issue))]
        : [unusable(at, value, allowedOf(issue), issue.message)];
    case 'invalid_format':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'too_big':
    case 'too_small':
    case 'custom':
      return [unusable(at, value, allowedOf(issue), issue.message)];
    default:
      return unreachable(issue);
  }
}

type Union = Extract<Issue, { code: 'invalid_union' }>;

/** Of a union, the shape that was probably meant speaks: one with the right kind of value, or else all in one finding. */
function unionFindings(issue: Union, raw: unknown): readonly PlacedFinding[] {
  const at = issue.path;
  const value = valueAt(raw, at);
  if (value === undefined) return [missing(at, allowedOf(issue))];
  if (typeof value !== 'object' || value === null) {
    return [unusable(at, value, allowedOf(issue), 'is none of what is allowed')];
  }
  // A key nobody knows is the mistake, whichever shape was meant.
  const allowed = allowedKeys(at);
  const strange = Object.keys(value).filter((key) => !allowed.includes(key));
  if (strange.length > 0) return strange.map((key) => unknownKey([...at, key], key, allowed, raw));
  const close = issue.errors.filter((errors) => errors.every(({ path }) => path.length > 0));
  const places = new Set(close.flat().map(({ path }) => textOf(path)));
  const [place] = close[0]?.[0] ? [close[0][0].path] : [];
  if (place && places.size === 1) {
    const whole = [...at, ...place];
    const options = [...new Set(close.flat().map(allowedOf))].join(', ');
    return [unusable(whole, valueAt(raw, whole), options, 'is none of what is allowed')];
  }
  return [unusable(at, value, allowedOf(issue), 'is none of what is allowed')];
}

const missing = (at: Path, allowed: string): PlacedFinding => ({
  severity: 'error',
  rule: 'schema',
  path: textOf(at),
  value: null,
  message: 'is missing',
  allowed,
  fix: 'add it',
  at,
});

const unusable = (at: Path, value: unknown, allowed: string, message: string): PlacedFinding => {
  const near = typeof value === 'string' ? nearest(value, allowed.split(', ')) : undefined;
  return {
    severity: 'error',
    rule: 'schema',
    path: textOf(at),
    value: value ?? null,
    message,
    allowed,
    fix: near === undefined ? 'write a value that is allowed' : `did you mean "${near}"?`,
    at,
  };
};

function unknownKey(at: Path, key: string, allowed: readonly string[], raw: unknown): PlacedFinding {
  const near = nearest(key, allowed);
  return {
    severity: 'error',
    rule: 'unknown-key',
    path: textOf(at),
    value: valueAt(raw, at),
    message: `"${key}" means nothing here`,
    allowed: allowed.join(', '),
    fix: near === undefined ? 'remove it' : `did you mean "${near}"?`,
    at,
  };
}

function allowedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'invalid_key':
      return issue.issues.map(allowedOf).join(' and ');
    case 'invalid_union':
      // A discriminator lists its options instead of errors.
      return 'options' in issue && Array.isArray(issue.options)
        ? issue.options.map(String).join(', ')
        : issue.errors.map(shapeOf).join(', ');
    case 'invalid_format':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'custom':
      return issue.message;
    default:
      return unreachable(issue);
  }
}

const unitOf = (origin: string) =>
  origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';

/** One shape of a union by what it asks for: its keys where they are wrong, or the value itself. */
const shapeOf = (errors: readonly Issue[]): string =>
  errors
    .filter(({ code }) => code !== 'unrecognized_keys')
    .map((one) => (one.path.length === 0 ? allowedOf(one) : `{ ${textOf(one.path)}: ${allowedOf(one)} }`))
    .join(' and ');

const textOf = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

const valueAt = (raw: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? Reflect.get(value, part)
        : undefined,
    raw,
  );
