/** Messages to people who have no access, that nothing sends, or at a time that never comes. */
import { describe, expect, it } from 'vitest';
import { lint } from '#domain/lint/lint.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { inEnglish } from '#test/support/findings.ts';
import { type Change, changed } from './changed-plan.ts';
import { messageCases } from './plan-cases.ts';

const absent = ['told-without-access', 'unused-message', 'time-does-not-exist', 'unknown-reference'];
const placesOf = (plan: Plan, rule: string) =>
  lint(plan)
    .filter((finding) => finding.rule === rule)
    .map(({ path }) => path);

describe('lint reports of a message', () => {
  it.each(messageCases)('the one fault that it has: %s', (_title, rule, path, ...changes) =>
    expect(placesOf(changed(...changes), rule)).toEqual([path]),
  );

  it('nothing of these in a sound plan', () => {
    for (const rule of absent) expect(placesOf(changed(), rule), rule).toEqual([]);
  });

  it('one finding, not two, when the last day is the day itself', () => {
    const day: Change = ['messages[0].date', { day: -49, time: '02:30' }];
    const plan = changed(day, ['messages[0].lateDaysMax', 0]);
    expect(placesOf(plan, 'time-does-not-exist')).toEqual(['messages[0].date.time']);
  });

  it('nobody told too early when the guard waits for the phase after', () => {
    const plan = changed(['messages[2].guard', { phaseOpened: 'production-100' }]);
    expect(placesOf(plan, 'told-without-access')).toEqual([]);
  });

  it('what the clocks show instead of a time that they skip, in zones that skip midnight too', () => {
    const plan = changed(
      ['timeZone', 'America/Santiago'],
      ['launch.day', '2025-09-07'],
      ['messages[1].date', { day: 0, time: '00:30' }],
    );
    expect(lint(plan).map(inEnglish)).toContainEqual(
      expect.objectContaining({
        rule: 'time-does-not-exist',
        value: '2025-09-07 00:30',
        allowed: 'a time that the clocks show, for example 2025-09-07 01:30',
      }),
    );
  });
});
