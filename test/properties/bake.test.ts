import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '#domain/judge/check.ts';
import { startBake, stepBake } from '#domain/rules/bake-clock.ts';
import { atMs, check, judged, observation } from '#test/support/builders.ts';

const down: Reading = { kind: 'unknown', fault: { code: 'provider-answers', params: { status: 503 } } };
const window = { breaches: 2, of: 4 };
const checks = {
  errors: check({ class: 'rollback', window }),
  latency: check({ class: 'pause', window }),
};
const asked = observation({
  continuousHealthHours: 1,
  deadlineHours: 1000,
  tickMinutes: 10,
  checks: ['errors', 'latency'],
});

const only = { ...asked, checks: ['errors'] };

const good: fc.Arbitrary<Reading> = fc.record({
  kind: fc.constant('value'),
  value: fc.double({ min: 0, max: 0.99, noNaN: true }),
  samples: fc.integer({ min: 10, max: 500 }),
});
const any: fc.Arbitrary<Reading> = fc.oneof(
  fc.record({
    kind: fc.constant('value'),
    value: fc.double({ min: 0, max: 3 }),
    samples: fc.integer({ min: 0, max: 20 }),
  }),
  fc.constant<Reading>({ kind: 'no-data' }),
  fc.constant<Reading>({ kind: 'idle' }),
  fc.constant<Reading>(down),
);
const reading = fc.oneof({ weight: 20, arbitrary: good }, { weight: 1, arbitrary: any });
/** Minutes since the tick before: an alarm beside a tick, a tick, ticks that never came. */
const gap = fc.oneof(
  { weight: 5, arbitrary: fc.constant(10) },
  { weight: 1, arbitrary: fc.double({ min: 0.5, max: 600, noNaN: true }) },
);
const ticks = fc.array(fc.record({ gap, errors: reading, latency: reading }), {
  minLength: 5,
  maxLength: 60,
});

const says = (one: Reading) => one.kind === 'value' && one.samples >= 10;
const isGood = (one: Reading) => one.kind === 'value' && says(one) && one.value < 1;

describe('a bake', () => {
  it('never concludes healthy with fewer proven minutes than asked, whatever it reads', () => {
    let healthy = 0;
    fc.assert(
      fc.property(ticks, (sequence) => {
        let state = startBake(atMs);
        let nowMs = atMs;
        /** Minutes with nothing but good readings since latency was last seen to be breached. */
        let proven = 0;
        const latencies: boolean[] = [];
        for (const tick of sequence) {
          nowMs += tick.gap * 60_000;
          if (says(tick.latency)) latencies.push(isGood(tick.latency));
          const breached = latencies.slice(-window.of).filter((one) => !one).length >= window.breaches;
          const counts = isGood(tick.errors) && isGood(tick.latency);
          // Blind on latency now, what it read before neither counts nor resets.
          if (breached && tick.latency.kind === 'value') proven = 0;
          else if (counts) proven += Math.min(tick.gap, asked.tickMinutes);

          const errors = judged(tick.errors);
          const latency = judged(tick.latency);
          const step = stepBake(state, asked, checks, { errors, latency }, nowMs);
          state = step.state;
          if (!step.concluded) continue;
          if (step.concluded.verdict === 'healthy') {
            healthy += 1;
            expect(counts, 'the last readings are good').toBe(true);
            expect(proven).toBeGreaterThanOrEqual(60 - 1e-6);
          }
          return;
        }
      }),
      { numRuns: 1000 },
    );
    expect(healthy).toBeGreaterThan(50);
  });

  it('never says that it is healthy while nothing is known', () => {
    const blind = fc.constantFrom<Reading>({ kind: 'no-data' }, { kind: 'idle' }, down);
    fc.assert(
      fc.property(fc.array(blind, { maxLength: 100 }), (sequence) => {
        let state = startBake(atMs);
        for (const [index, errors] of sequence.entries()) {
          const step = stepBake(
            state,
            only,
            checks,
            { errors: judged(errors) },
            atMs + (index + 1) * 600_000,
          );
          expect(step.concluded).toBeUndefined();
          expect(step.state.healthyMinutes).toBe(0);
          state = step.state;
        }
      }),
    );
  });

  it('asks a person at most once for one outage, and after half an hour always', () => {
    fc.assert(
      fc.property(fc.array(gap, { minLength: 2, maxLength: 40 }), (gaps) => {
        let state = startBake(atMs);
        let nowMs = atMs;
        let told = 0;
        for (const minutes of gaps) {
          nowMs += minutes * 60_000;
          const step = stepBake(state, only, checks, { errors: judged({ kind: 'no-data' }) }, nowMs);
          told += step.events.filter(({ type }) => type === 'escalate').length;
          state = step.state;
        }
        const blindMinutes = gaps.slice(1).reduce((sum, minutes) => sum + minutes, 0);
        expect(told).toBe(Math.round(blindMinutes * 60_000) >= 30 * 60_000 ? 1 : 0);
      }),
    );
  });
});
