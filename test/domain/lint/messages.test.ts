/** Messages to people who have no access, that nothing sends, or at a time that never comes. */
import { describe, expect, it } from 'vitest';
import { lint } from '#domain/lint/lint.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { type Change, changed } from './changed-plan.ts';

const absent = ['told-without-access', 'unused-message', 'time-does-not-exist', 'unknown-reference'];
const placesOf = (plan: Plan, rule: string) =>
  lint(plan)
    .filter((finding) => finding.rule === rule)
    .map(({ path }) => path);

describe('lint reports of a message', () => {
  it.each<[string, string, string, ...Change[]]>([
    [
      'a last day whose hour the clocks skip',
      'time-does-not-exist',
      'messages[0].lateDaysMax',
      ['messages[0].date', { day: -52, time: '02:30' }],
      ['messages[0].lateDaysMax', 3],
    ],
    [
      'an audience that no phase makes',
      'unknown-reference',
      'messages[1].audience.exposed',
      ['messages[1].audience.exposed', 33],
    ],
    [
      'an audience wider than its guard',
      'told-without-access',
      'messages[1].audience.exposed',
      ['messages[1].audience.exposed', 50],
    ],
    [
      'a guard that only waits for the phase to open',
      'told-without-access',
      'messages[2].audience.exposed',
      ['messages[2].guard', { phaseOpened: 'production-50' }],
    ],
    [
      'a rollback that would be told to everybody',
      'told-without-access',
      'messages[6].audience.exposed',
      ['messages[6].audience', { exposed: 100 }],
    ],
    ['no date and no sender', 'unused-message', 'messages[1].id', ['messages[1].date', undefined]],
  ])('%s', (_title, rule, path, ...changes) => expect(placesOf(changed(...changes), rule)).toEqual([path]));

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
    expect(lint(plan)).toContainEqual(
      expect.objectContaining({
        rule: 'time-does-not-exist',
        value: '2025-09-07 00:30',
        allowed: 'a time that the clocks show, for example 2025-09-07 01:30',
      }),
    );
  });
});
