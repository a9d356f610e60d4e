import { beforeAll, describe, expect, it } from 'vitest';
import { causedBy, type Measured, measure, polled, polledLoops, ticked } from '#bench/cost/measure.ts';
import { metricsIn } from '#bench/cost/requests.ts';
import { dollarsOf } from '#bench/cost/usage.ts';
import { steps } from '#functions/catalogue.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const plan = readPlanForTest('technicia');
const untouched = steps['open-phase'].run;
const metricsOf = (id: string) => {
  const check = plan.checks[id];
  if (!check) throw new Error(`the plan has no check "${id}"`);
  return metricsIn(check);
};
let measured: Measured;
beforeAll(async () => {
  measured = await measure(plan, 1000, 1);
});

describe('a rehearsal of the whole plan', () => {
  it('is counted whole, and its handlers are as they were', () => {
    expect(measured.outcome).toBe('completed');
    expect(steps['open-phase'].run).toBe(untouched);
    expect(measured.recording.calls.get('exposure.set')).toBe(4);
  });

  it('has the bakes of the plan, a tick every five minutes', () => {
    expect(measured.bakes.map(({ minutes }) => minutes / 60)).toEqual([48, 72, 24, 240]);
    expect(measured.caused['watching bakes'].scheduleFired).toBe((384 * 60) / 5);
  });

  it('reads at each tick what the checks of its phase ask', () => {
    const ticks = [576, 864, 288, 2880];
    const perTick = plan.phases.flatMap(({ observation }) =>
      observation ? [observation.checks.reduce((sum, id) => sum + metricsOf(id), 0)] : [],
    );
    const metrics = ticks.reduce((sum, count, index) => sum + count * (perTick[index] ?? 0), 0);
    expect(measured.caused['watching bakes'].metricRead).toBe(metrics);
  });

  it('costs the same when the ticks are derived instead of rehearsed', () => {
    expect(dollarsOf(ticked(measured, 5).usage)).toBeCloseTo(dollarsOf(causedBy(measured)), 4);
  });

  it('polled every minute reads five times as often and runs into the limit of the history', () => {
    const { looks, transitions, children, usage } = polled(measured, 1);
    expect(looks).toBe(384 * 60);
    // Splitting adds three transitions for each child execution.
    expect(transitions).toBe(3 * looks + 3 * children);
    expect(polledLoops(measured, 1).map(({ fits }) => fits)).toEqual([false, false, true, false]);
    expect(dollarsOf(usage)).toBeGreaterThan(dollarsOf(causedBy(measured)));
  });
});
