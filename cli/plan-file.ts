/** Reads a plan file: YAML, schema, lint. Everything that is wrong comes back as findings with their lines. */
import { readFileSync, statSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { type Finding, lint } from '#domain/lint/lint.ts';
import type { Plan } from '#domain/plan.ts';
import { PlanSchema } from '#functions/contracts/plan.ts';
import { allowedKeys, nearest } from './plan-keys.ts';

export type FileFinding = Finding & { readonly line?: number };

/** The file itself cannot be read: missing, too large, not a file. */
export class PlanNotReadable extends Error {
  override readonly name = 'PlanNotReadable';
}

const bytesMax = 1024 * 1024;
const aliasesMax = 100;

type Path = readonly PropertyKey[];

/** A plan when the file parses into one, whatever lint says of it. Throws PlanNotReadable. */
export function readPlan(path: string): { readonly plan?: Plan; readonly findings: readonly FileFinding[] } {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    return { findings: document.errors.map((error) => syntaxFinding(error, lines)) };
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
  const raw: unknown = document.toJS({ maxAliasCount: aliasesMax });
  const parsed = PlanSchema.safeParse(raw);
  if (parsed.success) {
    const findings = lint(parsed.data).map((finding) => placed(finding, pathOf(finding.path)));
    return { plan: parsed.data, findings };
  }
  const findings = parsed.error.issues
    .flatMap((issue) => schemaFindings(issue, raw))
    .map(({ at, ...finding }) => placed(finding, at));
  return { findings };
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
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

function syntaxFinding(
  { message, pos }: { message: string; pos: readonly [number, number] },
  lines: LineCounter,
): FileFinding {
  const { line, col } = lines.linePos(pos[0]);
  return {
    severity: 'error',
    rule: 'yaml',
    path: '',
    value: `column ${col}`,
    message: message.split('\n')[0] ?? message,
    allowed: 'YAML with each key once',
    fix: 'correct the text at this line; nothing after it was looked at',
    line,
  };
}

/** `phases[4].gate.criteria[0]` as the keys and indices that lead there. */
const pathOf = (path: string): Path =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const textOf = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

const valueAt = (raw: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    raw,
  );

type PlacedFinding = Finding & { readonly at: Path };
type Issue = z.core.$ZodIssue;

function schemaFindings(issue: Issue, raw: unknown): readonly PlacedFinding[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey([...issue.path, key], key, allowedKeys(issue.path), raw));
  }
  const at = issue.path;
  const value = valueAt(raw, at);
  const missing = value === undefined;
  return [
    {
      severity: 'error',
      rule: 'schema',
      path: textOf(at),
      value: missing ? null : value,
      message: missing ? 'is missing' : issue.message,
      allowed: allowedOf(issue),
      fix: missing ? 'add it' : 'write a value that is allowed',
      at,
    },
  ];
}

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
      return `at most ${issue.maximum}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'invalid_union':
      return issue.errors.map((one) => one.map(allowedOf).join(' and ')).join(', or ');
    default:
      return issue.message;
  }
}
