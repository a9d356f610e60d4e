/** Past data judged again: what the bake would have said, and when. */
import { describe, expect, it } from 'vitest';
import { type PastData, rejudge } from '#domain/judge/replay.ts';
import type { Block, Series } from '#domain/judge/series.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const plan = readPlanForTest('technicia');
const phaseNamed = (id: string) => {
  const phase = plan.phases.find((one) => one.id === id);
  if (!phase) throw new Error(`no phase ${id}`);
  return phase;
};
const from = 29_000_000;
/** A request rate like the plan's, with as many bad ones in a hundred. */
const minutes = (count: number, bad: number, first = 0): Block[] =>
  Array.from({ length: count }, (_, index) => ({
    minute: from + first + index,
    treatment: { n: 100, x: bad },
    control: { n: 900, x: index % 2 === 0 ? 4 : 3 },
  }));
const errors = (...parts: readonly Block[][]): PastData => ({
  exposure: 10,
  series: { 'error-rate': { kind: 'blocks', blocks: parts.flat() } },
});
const again = (data: PastData, phase = 'production-10') => rejudge(plan, phaseNamed(phase), data);

describe('judged again', () => {
  it('a healthy bake ends after its 48 hours', () => {
    const { concluded, toMinute, healthyMinutes } = again(errors(minutes(2900, 0)));
    expect(concluded?.verdict).toBe('healthy');
    expect([toMinute - from, healthyMinutes]).toEqual([2880, 2880]);
  });

  it('a regression ends it where it is proven', () => {
    const { concluded, events, toMinute, judgements } = again(errors(minutes(600, 0), minutes(600, 3, 600)));
    expect(concluded).toMatchObject({
      verdict: 'unhealthy',
      reason: { cause: { params: { check: 'error-rate' } } },
    });
    expect(events.at(-1)?.event).toMatchObject({ type: 'breached', blame: 'release' });
    expect(judgements['error-rate']?.proven).toBe(true);
    expect(toMinute - from).toBeLessThan(600 + 90);
  });

  it('data that end before the bake does conclude nothing', () => {
    const { concluded, healthyMinutes } = again(errors(minutes(120, 0)));
    expect([concluded, healthyMinutes]).toEqual([undefined, 120]);
  });

  it('a check that cannot be read freezes the clock, and people are called', () => {
    const unknown: Series = {
      kind: 'unknown',
      fault: { code: 'more-bad-among', params: { minute: 1, bad: '11', among: '10' } },
    };
    const data = errors(minutes(120, 0));
    const { healthyMinutes, events } = again({
      ...data,
      series: { ...data.series, 'ocr-error-rate': unknown },
    });
    expect(healthyMinutes).toBe(0);
    expect(events.map(({ event }) => event.type)).toEqual(['frozen', 'escalate']);
  });

  it('only checks that the bake looks at, of a phase that has one, with data', () => {
    expect(() => again({ exposure: 10, series: { tickets: { kind: 'blocks', blocks: [] } } })).toThrow(
      /does not look at tickets: its checks are availability, response-time, error-rate/,
    );
    expect(() => again(errors(minutes(5, 0)), 'preparation')).toThrow(/"preparation" has no observation/);
    expect(() => again(errors([]))).toThrow(/nothing to judge/);
  });
});
