/** JSON as strangers send it: what `JSON.parse` takes in silence is refused here. */
import { InvalidInput } from '#domain/errors.ts';

/** No contract of ours nests deeper. */
const depthMax = 16;
/** In valid JSON nothing else says where objects and lists begin and end, and which texts are names of members. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/**
 * Throws InvalidInput for what is not JSON, nests deeper than 16 levels, or names a member of an object twice: readers
 * would differ about which of the two counts. Repeats nothing of the text.
 */
export function jsonOf(text: string): unknown {
  const value = parsed(text);
  const open: Set<unknown>[] = [];
  let before = '';
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') refuseTwice(open.at(-1), JSON.parse(before));
    else before = token;
    if (open.length > depthMax)
      throw new InvalidInput({ code: 'body-too-deep', params: { levelsMax: depthMax } });
  }
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput({ code: 'body-not-json', params: {} });
  }
}

function refuseTwice(names: Set<unknown> | undefined, name: unknown): void {
  if (names?.has(name)) throw new InvalidInput({ code: 'body-member-twice', params: {} });
  names?.add(name);
}
