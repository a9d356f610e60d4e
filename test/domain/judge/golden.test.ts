/** The golden values of the note that the tests come from, to 1e-6 (natural logarithms). */
import { describe, expect, it } from 'vitest';
import { streamOf } from '#bench/judge/streams.ts';
import type { SequentialTest } from '#domain/judge/e-process.ts';
import { boundary } from '#domain/judge/mean.ts';
import { objective } from '#domain/judge/objective.ts';
import type { Pair } from '#domain/judge/pair.ts';
import { rateRatio } from '#domain/judge/rate-ratio.ts';
import { twoSample } from '#domain/judge/two-sample.ts';

const pairs = (...rows: readonly (readonly [number, number, number, number])[]): readonly Pair[] =>
  rows.map(([nT, xT, nC, xC]) => ({ nT, xT, nC, xC }));

/** ln E after each block. */
function course<S>(test: SequentialTest<S>, blocks: readonly Pair[]): readonly number[] {
  const state = test.start();
  return blocks.map((block, minute) => {
    test.add(state, minute, block);
    return test.logE(state);
  });
}
const expectCourse = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 6);
};

describe('the rate-ratio test', () => {
  const blocks = pairs(
    [100, 1, 900, 4],
    [100, 0, 900, 5],
    [0, 0, 1000, 6],
    [98, 3, 912, 4],
    [105, 4, 880, 5],
    [500, 12, 500, 3],
    [480, 9, 520, 2],
  );

  it('against a ratio of 1', () => {
    expectCourse(
      course(rateRatio({ ratioMax: 1, hours: 1, gathers: false }), blocks),
      [0.000625, -0.519222, -0.519222, 0.730081, 3.006598, 5.669816, 8.231045],
    );
  });

  it('against a ratio of 1.1', () => {
    expect(course(rateRatio({ ratioMax: 1.1, hours: 1, gathers: false }), blocks).at(-1)).toBeCloseTo(
      7.019495,
      6,
    );
  });

  it('fires on the stream of the note at minute 1220', () => {
    const found = course(
      rateRatio({ ratioMax: 1, hours: 1, gathers: false }),
      streamOf(2_010_000, { perMinute: 10, ratio: 4 }),
    );
    expect(found.findIndex((one) => one >= Math.log(100)) + 1).toBe(1220);
  });
});

it('the test of an objective', () => {
  const blocks = pairs([1000, 1, 0, 0], [1000, 3, 0, 0], [1000, 5, 0, 0], [1000, 4, 0, 0]);
  expectCourse(
    course(objective({ badShareMax: 0.001, hours: 1 }), blocks),
    [-0.573418, 0.206291, 2.642336, 4.788016],
  );
});

it('the two-sample test', () => {
  const test = twoSample({ usualBadShare: 0.2, hours: 1, alternatives: [1.1, 1.25, 1.5, 2, 3] });
  expectCourse(
    course(test, pairs([10, 4, 90, 18], [12, 6, 85, 17], [9, 5, 95, 20])),
    [0.613049, 2.182137, 3.949227],
  );
});

it.each([
  [60, 0.433154],
  [600, 0.144728],
  [2880, 0.069799],
])('the half width of a mean after %d blocks', (count, expected) => {
  expect(boundary(1, count, 60, 0.01)).toBeCloseTo(expected, 6);
});
