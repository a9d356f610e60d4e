/** Comparing what happened with what was recorded, where some values are patterns. */
import type { Json, JsonObject } from '#domain/json.ts';
import { isJsonObject } from '#rehearsal/asl/json.ts';

export interface Difference {
  /** Where, from the value compared. */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
}

const absent = 'absent';
const textLengthMax = 300;

export function show(value: Json | undefined): string {
  const text = value === undefined ? absent : JSON.stringify(value);
  return text.length > textLengthMax
    ? `${text.slice(0, textLengthMax)}... (${text.length} characters)`
    : text;
}

/** @returns nothing when `actual` is as expected, else the innermost values that differ */
export function differences(
  expected: Json | undefined,
  actual: Json | undefined,
  path: string,
): readonly Difference[] {
  if (expected === undefined || actual === undefined)
    return expected === actual ? [] : differ(expected, actual, path);
  if (Array.isArray(expected)) return listDifferences(expected, actual, path);
  if (!isJsonObject(expected)) return expected === actual ? [] : differ(expected, actual, path);
  const [name, pattern] = Object.entries(expected)[0] ?? [];
  if (pattern !== undefined && Object.keys(expected).length === 1) {
    switch (name) {
      case '$any':
        return [];
      case '$regex':
        return typeof actual === 'string' && new RegExp(String(pattern)).test(actual)
          ? []
          : differ(expected, actual, path);
      case '$subset':
        return isJsonObject(pattern)
          ? memberDifferences(pattern, actual, path, true)
          : differ(expected, actual, path);
      case '$json':
        return jsonDifferences(pattern, actual, path);
    }
  }
  return memberDifferences(expected, actual, path, false);
}

const differ = (
  expected: Json | undefined,
  actual: Json | undefined,
  path: string,
): readonly Difference[] => [{ path, expected: show(expected), actual: show(actual) }];

function listDifferences(expected: readonly Json[], actual: Json, path: string): readonly Difference[] {
  if (!Array.isArray(actual) || actual.length !== expected.length) return differ([...expected], actual, path);
  return expected.flatMap((item, index) => differences(item, (actual as Json[])[index], `${path}[${index}]`));
}

function memberDifferences(
  expected: JsonObject,
  actual: Json,
  path: string,
  subset: boolean,
): readonly Difference[] {
  if (!isJsonObject(actual)) return differ(expected, actual, path);
  const names = new Set([...Object.keys(expected), ...(subset ? [] : Object.keys(actual))]);
  return [...names].flatMap((name) => differences(expected[name], actual[name], `${path}.${name}`));
}

function jsonDifferences(pattern: Json, actual: Json, path: string): readonly Difference[] {
  if (typeof actual !== 'string' || !isJsonObject(pattern)) return differ(pattern, actual, path);
  try {
    return memberDifferences(pattern, JSON.parse(actual) as Json, `${path}(JSON)`, true);
  } catch {
    return differ(pattern, actual, path);
  }
}
