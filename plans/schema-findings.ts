/** What the schema refuses in a plan file, as findings with what is allowed instead. */
import type * as z from 'zod';
import { choicesOf, type Expected, forms, valueKinds } from '#domain/lint/expected.ts';
import type { SchemaFindings, SourceFinding } from '#domain/lint/file-findings.ts';
import { error, type Finding } from '#domain/lint/finding.ts';
import { allowedKeys, nearest } from './plan-keys.ts';

/** The keys and indices that lead to a place. */
export type Path = readonly PropertyKey[];
export interface PlacedFinding {
  readonly at: Path;
  readonly finding: Finding;
}

type Issue = z.core.$ZodIssue;
type Union = Extract<Issue, { code: 'invalid_union' }>;

/** One finding an issue, and one for each key that the schema does not know. */
export function schemaFindings(issue: Issue, raw: unknown): readonly PlacedFinding[] {
  const at = issue.path;
  const value = valueAt(raw, at);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const allowed = allowedKeys(at);
      return issue.keys.map((key) => unknownKey([...at, key], key, allowed, raw));
    }
    case 'invalid_key':
      return [refused('unusable-key', at, at.at(-1), expectedOf(issue))];
    case 'invalid_union':
      return unionFindings(issue, raw);
    case 'invalid_type':
      return [missingOr('wrong-type', at, value, expectedOf(issue))];
    case 'invalid_value':
      return [missingOr('not-one-of', at, value, expectedOf(issue))];
    case 'too_big':
    case 'too_small':
      return [refused('out-of-bounds', at, value, expectedOf(issue))];
    case 'custom': {
      // What `functions/contracts/plan.ts` has put there.
      const fault: SourceFinding | undefined = issue.params?.['fault'];
      if (!fault) return [refused('wrong-form', at, value, expectedOf(issue))];
      const place = { path: textOf(at), value: value ?? null };
      return [{ at, finding: error(fault.code, { ...place, params: fault.params }) }];
    }
    default:
      return [refused('wrong-form', at, value, expectedOf(issue))];
  }
}

/** Of a union, the shape that was probably meant speaks: one with the right kind of value, or else all in one finding. */
function unionFindings(issue: Union, raw: unknown): readonly PlacedFinding[] {
  const at = issue.path;
  const value = valueAt(raw, at);
  if (value === undefined || typeof value !== 'object' || value === null)
    return [missingOr('not-one-of', at, value, expectedOf(issue))];
  // A key nobody knows is the mistake, whichever shape was meant.
  const allowed = allowedKeys(at);
  const strange = Object.keys(value).filter((key) => !allowed.includes(key));
  if (strange.length > 0) return strange.map((key) => unknownKey([...at, key], key, allowed, raw));
  const close = issue.errors.filter((errors) => errors.every(({ path }) => path.length > 0));
  const places = new Set(close.flat().map(({ path }) => textOf(path)));
  const [place] = close[0]?.[0] ? [close[0][0].path] : [];
  if (place && places.size === 1) {
    const whole = [...at, ...place];
    const options: Expected = { code: 'any', params: { of: close.flat().map(expectedOf) } };
    return [refused('not-one-of', whole, valueAt(raw, whole), options)];
  }
  return [refused('not-one-of', at, value, expectedOf(issue))];
}

type Refusal = Exclude<keyof SchemaFindings, 'missing-value' | 'unknown-key'>;

function refused(rule: Refusal, at: Path, value: unknown, allowed: Expected): PlacedFinding {
  const near = typeof value === 'string' ? nearest(value, choicesOf(allowed)) : undefined;
  const params = near === undefined ? { allowed } : { allowed, near };
  return { at, finding: error(rule, { path: textOf(at), value: value ?? null, params }) };
}

function missingOr(rule: Refusal, at: Path, value: unknown, allowed: Expected): PlacedFinding {
  if (value !== undefined) return refused(rule, at, value, allowed);
  return { at, finding: error('missing-value', { path: textOf(at), value: null, params: { allowed } }) };
}

function unknownKey(at: Path, key: string, allowed: readonly string[], raw: unknown): PlacedFinding {
  const near = nearest(key, allowed);
  const params = near === undefined ? { key, allowed } : { key, allowed, near };
  return { at, finding: error('unknown-key', { path: textOf(at), value: valueAt(raw, at), params }) };
}

function expectedOf(issue: Issue): Expected {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = valueKinds.find((one) => one === issue.expected);
      return kind === undefined ? documented : { code: 'kind', params: { kind } };
    }
    case 'invalid_value':
      return { code: 'one-of', params: { values: issue.values.map(String) } };
    case 'too_big': {
      const is = issue.inclusive === false ? 'less-than' : 'at-most';
      return { code: 'bound', params: { is, limit: Number(issue.maximum), of: measureOf(issue.origin) } };
    }
    case 'too_small': {
      const is = issue.inclusive === false ? 'more-than' : 'at-least';
      return { code: 'bound', params: { is, limit: Number(issue.minimum), of: measureOf(issue.origin) } };
    }
    case 'invalid_key':
      return { code: 'all', params: { of: issue.issues.map(expectedOf) } };
    case 'invalid_union':
      // A discriminator lists its options instead of errors.
      return 'options' in issue && Array.isArray(issue.options)
        ? { code: 'one-of', params: { values: issue.options.map(String) } }
        : { code: 'any', params: { of: issue.errors.map(shapeOf) } };
    default: {
      // A form's name is its message (`functions/contracts/plan.ts`).
      const form = forms.find((one) => one === issue.message);
      return form === undefined ? documented : { code: 'form', params: { form } };
    }
  }
}

const documented: Expected = { code: 'documented', params: {} };

const measureOf = (origin: string) =>
  origin === 'string' ? 'characters' : origin === 'array' ? 'entries' : 'number';

/** One shape of a union by what it asks for: its keys where they are wrong, or the value itself. */
const shapeOf = (errors: readonly Issue[]): Expected => ({
  code: 'all',
  params: {
    of: errors
      .filter(({ code }) => code !== 'unrecognized_keys')
      .map((one) => {
        const is = expectedOf(one);
        return one.path.length === 0 ? is : { code: 'member', params: { path: textOf(one.path), is } };
      }),
  },
});

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
