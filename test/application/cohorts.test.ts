/** Cohorts are compared before anybody has the new version. */

import { describe, expect, it } from 'vitest';
import { compareCohorts } from '#application/cohorts.ts';
import type { Series } from '#domain/judge/series.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { atMs, check, observation, releaseAfter } from '#test/support/builders.ts';
import { phase, smallPlan } from '#test/support/plans.ts';

const plan = smallPlan({
  checks: {
    errors: check({
      metric: 'rate',
      compare: 'control',
      tolerance: 1.1,
      usual: { perMinute: 1000, badPercent: 0.5 },
    }),
    cohorts: check({
      metric: 'split',
      compare: 'control',
      objective: { comparison: '<', value: 5, unit: '%' },
    }),
    latency: check({ metric: 'mean' }),
  },
  phases: [
    phase('launch', {
      exposure: 10,
      observation: observation({
        checks: ['errors', 'cohorts', 'latency'],
        continuousHealthHours: 48,
        deadlineHours: 72,
      }),
    }),
  ],
});
const minute = atMs / 60_000;
const hour = (nT: number, xT: number, nC: number, xC: number): Series => ({
  kind: 'blocks',
  blocks: Array.from({ length: 60 }, (_, index) => ({
    minute: minute - 60 + index,
    treatment: { n: nT, x: xT },
    control: { n: nC, x: xC },
  })),
});
const silent: Series = { kind: 'blocks', blocks: [] };

async function compared(series: Readonly<Record<string, Series>>, exposed = false) {
  const asked: string[] = [];
  const release = exposed
    ? releaseAfter({ type: 'exposure.changed', phase: 'launch', attempt: 1, from: 0, to: 10 })
    : releaseAfter();
  const { verdict, facts } = await compareCohorts(
    {
      plan,
      clock: { nowMs: () => atMs },
      log: { write: () => {} },
      sha256,
      sayRefusal,
      releases: {
        load: async () => release,
        history: async () => [],
        active: async () => [],
        access: async () => undefined,
        start: async () => undefined,
        keepStart: async () => {},
        ended: async () => ({ releases: [] }),
        commit: async () => {},
        giveWay: async () => {},
      },
      metrics: {
        read: async (checks, { fromMs, toMs }) => {
          asked.push(...Object.keys(checks), `${(toMs - fromMs) / 60_000} min`);
          return series;
        },
      },
    },
    'r1',
    'launch',
    1,
  );
  const fact = facts.find(({ type }) => type === 'cohorts.compared');
  return { verdict, asked, fact, foreseen: facts.find(({ type }) => type === 'observation.foreseen') };
}

describe('cohorts', () => {
  it('that are alike are told so; only what has cohorts is asked for, of the last hour', async () => {
    const { verdict, asked, fact } = await compared({
      errors: hour(100, 1, 900, 9),
      cohorts: hour(100, 100, 900, 900),
    });
    expect(verdict).toBe('healthy');
    expect(asked).toEqual(['errors', 'cohorts', '60 min']);
    expect(fact).toMatchObject({ verdict: 'healthy', checks: ['errors', 'cohorts'] });
  });

  it.each([
    ['in their errors', { errors: hour(100, 5, 900, 9), cohorts: hour(100, 100, 900, 900) }, ['errors']],
    ['in their size', { errors: hour(100, 1, 900, 9), cohorts: hour(70, 70, 930, 930) }, ['cohorts']],
  ])('that differ already %s are not ready', async (_title, series, checks) => {
    const { verdict, fact } = await compared(series);
    expect(verdict).toBe('unhealthy');
    expect(fact).toMatchObject({ verdict: 'unhealthy', checks });
  });

  it('of which nothing is measured yet are no reason to wait', async () => {
    const { verdict, fact } = await compared({ errors: silent, cohorts: silent });
    expect(verdict).toBe('unknown');
    expect(fact).toMatchObject({ verdict: 'unknown', checks: [] });
  });

  it('are not compared once users have the new version: they differ by it', async () => {
    const { verdict, asked, fact } = await compared({}, true);
    expect([verdict, asked, fact]).toEqual(['unknown', [], undefined]);
  });

  it('come with what the bake will be able to see', async () => {
    const { foreseen } = await compared({ errors: silent, cohorts: silent });
    expect(foreseen).toMatchObject({ sights: [{ check: 'errors', ratio: expect.closeTo(1.2, 1) }] });
  });
});
