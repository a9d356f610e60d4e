/** What gates and checklists decide by: the last hour, without the minutes of it that cannot be. */
import { expect, it } from 'vitest';
import { judgeChecks } from '#application/readings.ts';
import { seriesWithout } from '#domain/judge/odd-minutes.ts';
import type { OddFault } from '#domain/judge/source-faults.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { atMs, check, releaseAfter } from '#test/support/builders.ts';
import { smallPlan } from '#test/support/plans.ts';

const fault: OddFault = { code: 'not-finite', params: { part: 'query', value: 'NaN', at: 'then' } };

it.each([
  [1, { verdict: 'healthy', value: 0.5 }],
  [12, { verdict: 'healthy', value: 0.5 }],
  [13, { verdict: 'unknown' }],
  [60, { verdict: 'unknown' }],
])('with %i odd minutes in the hour it is judged so', async (count, verdict) => {
  const first = atMs / 60_000 - 60;
  const odd = Array.from({ length: count }, (_, index) => ({
    minute: first + index,
    cohort: 'treatment' as const,
    fault,
  }));
  const blocks = Array.from({ length: 60 }, (_, index) => ({
    minute: first + index,
    treatment: { n: 10, x: 5 },
  }));
  const ports = {
    plan: smallPlan({ checks: { latency: check() } }),
    clock: { nowMs: () => atMs },
    log: { write: () => {} },
    sha256,
    sayRefusal,
    metrics: { read: async () => ({ latency: seriesWithout(odd, blocks) }) },
  };
  expect(await judgeChecks(ports, releaseAfter(), ['latency'])).toEqual({ latency: verdict });
});
