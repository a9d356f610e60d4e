import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import {
  announcesAccess,
  dayInRelease,
  dueMs,
  messageOf,
  openMessages,
  phaseEndMs,
  phaseStartMs,
  planMessages,
} from '#domain/plan/message-dates.ts';
import type { Message } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { decideMessage } from '#domain/rules/announcements.ts';
import { hourMs } from '#domain/time.ts';
import { inBuild, releaseAfter } from '#test/support/builders.ts';
import { message, phase, smallPlan } from '#test/support/plans.ts';

const plan = smallPlan();

describe('J+n is a calendar date', () => {
  // Clocks in Paris: forward on 2025-03-30 (UTC+1 to UTC+2), back on 2025-10-26.
  it.each([
    ['in winter', '2025-03-10', 0, '10:00', '2025-03-10T09:00:00.000Z'],
    ['before launch', '2025-03-10', -7, '10:00', '2025-03-03T09:00:00.000Z'],
    ['the day before the clocks go forward', '2025-03-22', 7, '10:00', '2025-03-29T09:00:00.000Z'],
    ['the day the clocks go forward', '2025-03-23', 7, '10:00', '2025-03-30T08:00:00.000Z'],
    ['weeks after the clocks went forward', '2025-03-23', 30, '10:00', '2025-04-22T08:00:00.000Z'],
    ['the day the clocks go back', '2025-10-19', 7, '10:00', '2025-10-26T09:00:00.000Z'],
    ['back over a change of the clocks', '2025-10-28', -7, '10:00', '2025-10-21T08:00:00.000Z'],
    ['over a leap day', '2028-02-22', 7, '09:30', '2028-02-29T08:30:00.000Z'],
  ])('%s: J = %s, J%+i at %s', (_title, launchDay, day, time, expected) => {
    const due = dueMs(plan, launchDay, message('m', { date: { day, time } }));
    expect(due === undefined ? due : toInstant(due)).toBe(expected);
  });

  it('and a message without a date is never due', () => {
    const { date: _date, ...undated } = message('m');
    expect(dueMs(plan, '2025-03-10', undated)).toBeUndefined();
  });
});

describe("a release's own days", () => {
  const march = phase('build', { from: '2025-03-24', to: '2025-03-28' });

  it.each([
    ['as planned', '2025-03-10', '2025-03-24', '2025-03-24T08:00:00.000Z', '2025-03-28T16:00:00.000Z'],
    [
      'a week later, in summer time',
      '2025-03-17',
      '2025-03-31',
      '2025-03-31T07:00:00.000Z',
      '2025-04-04T15:00:00.000Z',
    ],
    [
      'three days earlier',
      '2025-03-07',
      '2025-03-21',
      '2025-03-21T08:00:00.000Z',
      '2025-03-25T16:00:00.000Z',
    ],
  ])('move with its launch day: %s, J is %s', (_title, launchDay, first, start, end) => {
    expect(dayInRelease(plan, launchDay, march.from)).toBe(first);
    expect(toInstant(phaseStartMs(plan, launchDay, march))).toBe(start);
    expect(toInstant(phaseEndMs(plan, launchDay, march))).toBe(end);
  });
});

/** A code and its parameters, those of a cause within it too. */
const flat = ({ code, params }: { readonly code: string; readonly params: object }): readonly unknown[] => [
  code,
  ...Object.values(params).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null && 'code' in value
      ? flat(value as { code: string; params: object })
      : [value],
  ),
];

describe('decideMessage', () => {
  const planned: Fact = {
    type: 'message.planned',
    message: 'm',
    dueAt: '2025-03-10T09:00:00.000Z',
    epoch: 1,
  };
  const held: Fact = {
    type: 'message.held',
    message: 'm',
    reason: { code: 'phase-not-opened', params: { phase: 'not yet' } },
  };
  const exposed: Fact = { type: 'exposure.changed', ...inBuild, from: 0, to: 10 };
  const opened: Fact = { type: 'phase.opened', ...inBuild };
  const dueAt = Date.parse('2025-03-10T09:00:00.000Z');
  const sending: Fact = { type: 'message.sending', message: 'm', campaign: 'c' };
  const closed: Fact = {
    type: 'release.closed',
    outcome: 'rolled-back',
    reason: { code: 'run-through', params: {} },
  };
  const needsTen: Partial<Message> = { guard: { exposureMin: 10 } };
  const needsBuild: Partial<Message> = { guard: { phaseOpened: 'build' } };

  it.each<[string, Partial<Message>, readonly Fact[], number, string]>([
    ['sends when its date has come', {}, [planned], 0, 'send'],
    ['sends late rather than never', {}, [planned], 48, 'send'],
    ['does nothing one millisecond early', {}, [planned], -1 / hourMs, 'nothing'],
    ['does nothing early though its guard is true', needsTen, [planned, exposed], -1, 'nothing'],
    ['does nothing when it was never planned', {}, [], 0, 'nothing'],
    ['holds when it would not be true', needsTen, [planned], 0, 'hold exposure 0 10'],
    [
      'holds when exposure is not enough',
      { guard: { exposureMin: 50 } },
      [planned, exposed],
      0,
      'hold exposure 10 50',
    ],
    ['holds before its phase', needsBuild, [planned], 0, 'hold phase-not-opened build'],
    ['holds once', needsTen, [planned, held], 1, 'nothing'],
    ['goes when what it says becomes true', needsTen, [planned, held, exposed], 30, 'send'],
    ['goes when its phase opens', needsBuild, [planned, held, opened], 30, 'send'],
    ['is not skipped before its last day is over', needsTen, [planned, held], 3 * 24 - 1, 'nothing'],
    ['is skipped after its last day', needsTen, [planned, held], 3 * 24, 'skip too-late 3 exposure 0 10'],
    ['is skipped though nobody had held it', needsTen, [planned], 4 * 24, 'skip too-late 3 exposure 0 10'],
    [
      'is skipped at once when it may not be late',
      { ...needsTen, lateDaysMax: 0 },
      [planned],
      0,
      'skip too-late 0 exposure 0 10',
    ],
    ['that is true at last goes up to a day after its last day', {}, [planned, held], 4 * 24, 'send'],
    [
      'that is true at last is skipped more than a day after its last day',
      {},
      [planned, held],
      4 * 24 + 1 / hourMs,
      'skip too-late 3',
    ],
    ['holds when the release has ended', {}, [planned, closed], 0, 'hold release-ended rolled-back'],
    ['does not send twice', {}, [planned, sending], 1, 'nothing'],
    [
      'does not send again what was sent',
      {},
      [
        planned,
        sending,
        { type: 'message.sent', message: 'm', campaign: 'c', sent: 4, failed: 0, declined: 0 },
      ],
      1,
      'nothing',
    ],
    [
      'does not send what was skipped',
      {},
      [planned, { type: 'message.skipped', message: 'm', reason: { code: 'phases-over', params: {} } }],
      1,
      'nothing',
    ],
    [
      'does not send what was cancelled',
      {},
      [planned, { type: 'message.cancelled', message: 'm', reason: { code: 'phases-over', params: {} } }],
      1,
      'nothing',
    ],
  ])('decides by date, guard and ledger: %s', (_title, changes, facts, hoursAfterDue, expected) => {
    const decision = decideMessage(
      plan,
      message('m', changes),
      releaseAfter(...facts),
      dueAt + hoursAfterDue * hourMs,
    );
    expect([decision.action, ...('reason' in decision ? flat(decision.reason) : [])].join(' ')).toBe(
      expected,
    );
  });

  it('sends what an event causes by the time that was promised, unless its readers have access again', () => {
    const { date: _none, ...emergency } = message('m');
    const promised: Fact = { ...planned, campaign: 'c' };
    const decide = (hoursAfterDue: number, ...facts: readonly Fact[]) => {
      const decision = decideMessage(plan, emergency, releaseAfter(...facts), dueAt + hoursAfterDue * hourMs);
      return [decision.action, ...('reason' in decision ? [decision.reason.code] : [])];
    };
    expect(decide(-0.1, promised)).toEqual(['nothing']);
    expect(decide(0, promised)).toEqual(['send']);
    expect(decide(0, promised, exposed)).toEqual(['skip', 'access-again']);
    expect(decide(0, promised, sending)).toEqual(['nothing']);
    expect(decide(0)).toEqual(['nothing']);
  });

  it('follows a launch day that moved', () => {
    const moved: Fact = { type: 'launch.moved', from: '2025-03-10', to: '2025-03-17', reason: quoted('') };
    const decide = (nowMs: number) =>
      decideMessage(plan, message('m'), releaseAfter(planned, moved), nowMs).action;
    expect([decide(dueAt), decide(dueAt + 7 * 24 * hourMs)]).toEqual(['nothing', 'send']);
  });
});

describe('planMessages', () => {
  const { date: _date, ...undated } = message('emergency');
  const three = smallPlan({
    messages: [
      message('invitation', { date: { day: -7, time: '10:00' } }),
      undated,
      message('launch', { guard: { exposureMin: 10 } }),
    ],
  });
  const first = planMessages(three, releaseAfter());

  it('dates every dated message', () => {
    expect(first).toEqual([
      { type: 'message.planned', message: 'invitation', dueAt: '2025-03-03T09:00:00.000Z', epoch: 1 },
      { type: 'message.planned', message: 'launch', dueAt: '2025-03-10T09:00:00.000Z', epoch: 1 },
    ]);
  });

  it('says nothing the second time', () => {
    expect(planMessages(three, releaseAfter(...first))).toEqual([]);
  });

  const moved: Fact = { type: 'launch.moved', from: '2025-03-10', to: '2025-03-31', reason: quoted('') };
  const again: Fact = {
    type: 'message.replanned',
    message: 'launch',
    dueAt: '2025-03-31T08:00:00.000Z',
    epoch: 2,
  };

  it.each<[string, readonly Fact[], readonly Fact[]]>([
    ['one still to go', [], [again]],
    [
      'one that was held',
      [
        {
          type: 'message.held',
          message: 'launch',
          reason: { code: 'phase-not-opened', params: { phase: '' } },
        },
      ],
      [again],
    ],
    [
      'one that was replanned before, with yet another epoch',
      [{ type: 'message.replanned', message: 'launch', dueAt: '2025-03-12T09:00:00.000Z', epoch: 2 }],
      [{ ...again, epoch: 3 }],
    ],
    [
      'one that was skipped',
      [{ type: 'message.skipped', message: 'launch', reason: { code: 'phases-over', params: {} } }],
      [again],
    ],
    ['not one that is going', [{ type: 'message.sending', message: 'launch', campaign: 'c' }], []],
    [
      'not one that has gone',
      [
        { type: 'message.sending', message: 'launch', campaign: 'c' },
        { type: 'message.sent', message: 'launch', campaign: 'c', sent: 1, failed: 0, declined: 0 },
      ],
      [],
    ],
    [
      'not one that was cancelled',
      [{ type: 'message.cancelled', message: 'launch', reason: { code: 'phases-over', params: {} } }],
      [],
    ],
  ])('replans %s when the launch day moves', (_title, facts, expected) => {
    const release = releaseAfter(
      ...first,
      { type: 'message.cancelled', message: 'invitation', reason: { code: 'phases-over', params: {} } },
      ...facts,
      moved,
    );
    expect(planMessages(three, release)).toEqual(expected);
  });

  it('makes a held message wait for its new date', () => {
    const held: Fact = {
      type: 'message.held',
      message: 'launch',
      reason: { code: 'phase-not-opened', params: { phase: '' } },
    };
    expect(releaseAfter(...first, held, moved, again).messages['launch']).toEqual({
      status: 'planned',
      dueAt: '2025-03-31T08:00:00.000Z',
      epoch: 2,
      sent: 0,
    });
  });
});

describe('messages by name and state', () => {
  it('refuses one that the plan does not have, and names those it has', () => {
    const known = smallPlan({ messages: [message('hello')] });
    expect(messageOf(known, 'hello').id).toBe('hello');
    expect(() => messageOf(known, 'bye')).toThrow('the plan has no message "bye": it has hello');
  });

  it.each([
    [{}, false],
    [{ exposureMin: 0 }, false],
    [{ phaseOpened: 'build' }, false],
    [{ exposureMin: 1 }, true],
  ])('a guard of %o announces access: %s', (guard, expected) => {
    expect(announcesAccess(message('m', { guard }))).toBe(expected);
  });

  it('are open until they have gone or were given up', () => {
    const ids = ['planned', 'held', 'sending', 'sent', 'skipped', 'cancelled'];
    const release = releaseAfter(
      ...ids.map(
        (id): Fact => ({ type: 'message.planned', message: id, dueAt: '2025-03-10T09:00:00.000Z', epoch: 1 }),
      ),
      { type: 'message.held', message: 'held', reason: { code: 'phase-not-opened', params: { phase: '' } } },
      { type: 'message.sending', message: 'sending', campaign: 'c' },
      { type: 'message.sent', message: 'sent', campaign: 'c', sent: 1, failed: 0, declined: 0 },
      { type: 'message.skipped', message: 'skipped', reason: { code: 'phases-over', params: {} } },
      { type: 'message.cancelled', message: 'cancelled', reason: { code: 'phases-over', params: {} } },
    );
    expect(openMessages(release)).toEqual(['planned', 'held', 'sending']);
  });
});
