/** The generator gives the numbers that the note prints of it: else no table could be compared. */
import { expect, it } from 'vitest';
import { chancesOf } from '#bench/judge/generator.ts';
import { streamOf } from '#bench/judge/streams.ts';

it('seed 1 gives the uniform numbers of the note', () => {
  const { uniform } = chancesOf(1);
  expect([uniform(), uniform(), uniform(), uniform()].map((one) => one.toFixed(10))).toEqual([
    '0.1507055524',
    '0.1678094778',
    '0.6835320217',
    '0.9219140173',
  ]);
});

it.each<[number, number, number, readonly number[]]>([
  [1_100_000, 100, 1, [28_698, 138, 258_620, 1309]],
  [2_010_000, 10, 4, [2872, 48, 25_834, 120]],
])('the stream of seed %d has the sums of the note', (seed, perMinute, ratio, sums) => {
  const blocks = streamOf(seed, { perMinute, ratio });
  const sum = (of: 'nT' | 'xT' | 'nC' | 'xC') => blocks.reduce((all, block) => all + block[of], 0);
  expect([sum('nT'), sum('xT'), sum('nC'), sum('xC')]).toEqual(sums);
});
