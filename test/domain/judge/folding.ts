/** Feeding tests with blocks, and the exact expectation of what one block multiplies their money by. */
import * as fc from 'fast-check';
import type { SequentialTest } from '#domain/judge/e-process.ts';
import type { PairedCounts } from '#domain/judge/paired-counts.ts';

export const pairOf = ([nT, xT, nC, xC]: readonly [number, number, number, number]): PairedCounts => ({
  nT,
  xT,
  nC,
  xC,
});

export function fold<State>(test: SequentialTest<State>, pairs: readonly PairedCounts[]): State {
  const state = test.start();
  for (const [minute, pair] of pairs.entries()) test.add(state, minute, pair);
  return state;
}

/** ln E after each block. */
export function course<State>(
  test: SequentialTest<State>,
  pairs: readonly PairedCounts[],
): readonly number[] {
  const state = test.start();
  return pairs.map((pair, minute) => {
    test.add(state, minute, pair);
    return test.logE(state);
  });
}

/** E of the test after a block of independent events with these risks, given what it saw before: sum over all outcomes. */
export function expectedE<State>(
  test: SequentialTest<State>,
  before: State,
  minute: number,
  block: { readonly nT: number; readonly pT: number; readonly nC: number; readonly pC: number },
): number {
  let expected = 0;
  for (let xT = 0; xT <= block.nT; xT += 1) {
    for (let xC = 0; xC <= block.nC; xC += 1) {
      const state = structuredClone(before);
      test.add(state, minute, { nT: block.nT, xT, nC: block.nC, xC });
      expected +=
        binomial(block.nT, xT, block.pT) * binomial(block.nC, xC, block.pC) * Math.exp(test.logE(state));
    }
  }
  return expected;
}

function binomial(n: number, k: number, p: number): number {
  let ways = 1;
  for (let at = 0; at < k; at += 1) ways *= (n - at) / (at + 1);
  return ways * p ** k * (1 - p) ** (n - k);
}

const counted = (max: number) =>
  fc.integer({ min: 0, max }).chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));

/** Blocks of up to `max` events in each cohort, none among them too. */
export const pairs = (max: number, maxLength = 40): fc.Arbitrary<readonly PairedCounts[]> =>
  fc.array(
    fc.tuple(counted(max), counted(max)).map(([[nT, xT], [nC, xC]]) => ({ nT, xT, nC, xC })),
    { maxLength },
  );
