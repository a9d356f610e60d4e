/** Answers of pure functions, remembered. Bounded: a process lives long, and keys come from plans and from outside. */

/** Far more than a release asks for again and again. A map that has so many forgets them all. */
export const answersMax = 2000;

/** What `known` has under the key, or what `make` says now; what it throws is not remembered. */
export function remembered<Key, Value extends string | number>(
  known: Map<Key, Value>,
  key: Key,
  make: (key: Key) => Value,
): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = make(key);
  if (known.size >= answersMax) known.clear();
  known.set(key, value);
  return value;
}
