/**
 * The functions that AWS adds to JSONata (Step Functions developer guide, "Transforming data with JSONata"),
 * and JSONata's own functions that would read the real clock or real chance, bound to virtual ones.
 */
import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Bindings } from './expression.ts';

/** Where time, chance and identity come from. */
export interface Sources {
  nowMs(): number;
  /** At least 0 and below 1. */
  random(): number;
  uuid(): string;
}

type Implementation = (this: unknown, ...args: unknown[]) => unknown;

async function builtIn(name: string): Promise<Implementation> {
  const definition: unknown = await jsonata(`$${name}`).evaluate(undefined);
  if (typeof definition === 'object' && definition !== null && 'implementation' in definition) {
    return definition.implementation as Implementation;
  }
  throw new TypeError(`jsonata has no built-in function $${name}`);
}
const fromMillis = await builtIn('fromMillis');
const toMillis = await builtIn('toMillis');

const rangeLengthMax = 1000;
const hashAlgorithms = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

const numberArgument = (value: unknown, what: string): number => {
  if (typeof value !== 'number')
    throw new TypeError(`${what} must be a number, but was ${JSON.stringify(value)}`);
  return value;
};

function partition(array: unknown, size: unknown): unknown {
  if (array === undefined) return undefined;
  const items: unknown[] = Array.isArray(array) ? array : [array];
  const length = Math.floor(numberArgument(size, 'the size of a partition'));
  if (length < 1) throw new RangeError(`the size of a partition must be at least 1, but was ${length}`);
  const parts: unknown[][] = [];
  for (let from = 0; from < items.length; from += length) parts.push(items.slice(from, from + length));
  return parts;
}

function range(first: unknown, last: unknown, step: unknown): unknown {
  const from = numberArgument(first, 'the first value of a range');
  const to = numberArgument(last, 'the last value of a range');
  const by = numberArgument(step, 'the step of a range');
  if (by === 0) throw new RangeError('the step of a range must not be 0');
  const length = Math.floor((to - from) / by) + 1;
  if (length > rangeLengthMax)
    throw new RangeError(`a range has at most ${rangeLengthMax} values, but this has ${length}`);
  const values = Array.from({ length: Math.max(0, length) }, (_, index) => from + index * by);
  // As recorded on AWS: one value comes as itself.
  return values.length === 1 ? values[0] : values;
}

function hash(data: unknown, algorithm: unknown): unknown {
  if (data === undefined) return undefined;
  if (typeof algorithm !== 'string' || !hashAlgorithms.includes(algorithm)) {
    throw new RangeError(
      `the algorithm must be one of ${hashAlgorithms.join(', ')}, but was ${JSON.stringify(algorithm)}`,
    );
  }
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex');
}

/** The same seed gives the same number, but not the number that AWS would give. */
const seeded = (seed: number): number => uniformFloat64(xoroshiro128plus(seed));

function shuffle(array: unknown, random: () => number): unknown {
  if (!Array.isArray(array)) return array;
  const items: unknown[] = [...array];
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}

/** The bindings that every evaluation of an engine has. */
export function functionBindings({ nowMs, random, uuid }: Sources): Bindings {
  return {
    partition,
    range,
    hash,
    random: (seed?: unknown) => (typeof seed === 'number' ? seeded(seed) : random()),
    uuid: () => uuid(),
    parse: (text: unknown) => (typeof text === 'string' ? JSON.parse(text) : undefined),
    // AWS has no $eval; calling it is "T1006: Attempted to invoke a non-function".
    eval: undefined,
    now: (picture?: unknown, timezone?: unknown) => fromMillis.call(undefined, nowMs(), picture, timezone),
    millis: () => nowMs(),
    // A picture without a date takes the missing parts from today.
    toMillis: (timestamp: unknown, picture?: unknown) =>
      toMillis.call({ environment: { timestamp: new Date(nowMs()) } }, timestamp, picture),
    shuffle: (array: unknown) => shuffle(array, random),
  };
}
