/** Many calls, a few at a time, the results in the order of what was given. */
import { atOnceMax } from './limits.ts';

export async function fewAtOnce<T, R>(
  all: readonly T[],
  call: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const rest = all.entries();
  const work = async () => {
    for (const [index, one] of rest) results.set(index, await call(one));
  };
  await Promise.all(Array.from({ length: atOnceMax }, work));
  return all.map((_, index) => results.get(index) as R);
}
