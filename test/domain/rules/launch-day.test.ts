import { describe, expect, it } from 'vitest';
import type { Release } from '#domain/ledger/records.ts';
import { addDays, localDay } from '#domain/plan/calendar.ts';
import {
  daysAfterLaunch,
  machineDaysMax,
  machineEndMs,
  possibleLaunchDays,
  refuseImpossibleLaunch,
  releaseDaysMax,
} from '#domain/rules/launch-day.ts';
import { dayMs } from '#domain/time.ts';
import { observation } from '#test/support/builders.ts';
import { message, phase, readPlanForTest, smallPlan } from '#test/support/plans.ts';

const technicia = readPlanForTest('technicia');
const nowMs = Date.parse('2025-03-03T08:00:00Z');
const begins = { nowMs, startedMs: nowMs, phases: {} };
const entered = (...ids: string[]): Release['phases'] =>
  Object.fromEntries(
    ids.map((id) => [id, { attempt: 1, status: 'open', openedAt: '', late: false }] as const),
  );
const hours = (continuousHealthHours: number) => ({ ...observation(), continuousHealthHours });
const plan = smallPlan({
  phases: [
    phase('build', { observation: hours(20) }),
    phase('pilot', { observation: hours(60) }),
    phase('launch', { exposure: 10, observation: hours(48) }),
  ],
  launch: { ...smallPlan().launch, phase: 'launch' },
});

describe('the launch day', () => {
  it('is not before what comes first has been observed', () => {
    expect(possibleLaunchDays(plan, begins).first).toBe('2025-03-06');
    expect(possibleLaunchDays(plan, { ...begins, phases: entered('build') }).first).toBe('2025-03-05');
    expect(possibleLaunchDays(plan, { ...begins, phases: entered('build', 'pilot') }).first).toBe(
      '2025-03-03',
    );
  });

  it('leaves the machine time for all that comes after it, and to spare', () => {
    const { last } = possibleLaunchDays(technicia, begins);
    const after = daysAfterLaunch(technicia);
    expect(after).toBeGreaterThanOrEqual(30);
    expect(last).toBe(addDays(localDay(nowMs + releaseDaysMax * dayMs, technicia.timeZone), -after));
    expect(releaseDaysMax).toBeLessThan(machineDaysMax);
    // Of a release that has been under way for a while, it is the same day.
    const later = { ...begins, nowMs: nowMs + 50 * dayMs };
    expect(possibleLaunchDays(technicia, later).last).toBe(last);
  });

  it('counts the last phase, message and success metric of the plan', () => {
    const day = (of: number, lateDaysMax: number) =>
      smallPlan({ messages: [message('m', { date: { day: of, time: '10:00' }, lateDaysMax })] });
    expect(daysAfterLaunch(day(30, 5)) - daysAfterLaunch(day(20, 5))).toBe(10);
    expect(daysAfterLaunch(day(30, 9)) - daysAfterLaunch(day(30, 5))).toBe(4);
  });

  it.each([
    ['2025-03-02', 'LaunchDayPast'],
    ['2025-03-05', 'LaunchDayImpossible'],
    ['2025-03-06', undefined],
    ['2099-01-01', 'LaunchDayImpossible'],
  ])('is refused when nobody can keep it: %s, %s', (day, refused) => {
    const ask = () => refuseImpossibleLaunch(plan, begins, day);
    if (refused === undefined) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ name: refused }));
  });
});

it('the machine ends as many days after its start as AWS lets it', () => {
  const ends = machineEndMs({ startedAt: '2025-03-03T08:00:00.000Z' });
  expect(ends - nowMs).toBe(machineDaysMax * dayMs);
  expect(machineDaysMax).toBeLessThanOrEqual(365);
});
