/**
 * Several tests, one risk of a false alarm: a weighted average of e-processes is an e-process, however they depend on each
 * other, so ln of the average is held against ln(1/alpha) of them all. Never worse than giving each its share of alpha.
 */
import { requireBetween } from './parameters.ts';

export interface Weighted {
  /** ln E of one test. */
  readonly logE: number;
  /** Of all weights together; equal ones need not add up to 1. */
  readonly weight: number;
}

/** ln of the average of the tests' E; 0 without any, as for a test that has seen nothing. */
export function averageLogE(tests: readonly Weighted[]): number {
  const weights = tests.reduce((sum, { weight }) => sum + weight, 0);
  if (tests.length === 0) return 0;
  requireBetween(
    'weights together',
    weights,
    0,
    Number.POSITIVE_INFINITY,
    'give each test a positive weight',
  );
  const top = Math.max(...tests.map(({ logE }) => logE));
  return (
    top +
    Math.log(tests.reduce((sum, { logE, weight }) => sum + (weight / weights) * Math.exp(logE - top), 0))
  );
}
