import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import {
  hoursOf,
  kindsOfTime,
  minutesBetween,
  noMinutes,
  type PhaseVisit,
  sumOf,
} from '#presentation/audit-report/time-spent.ts';
import { admitted } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const plan = readPlanForTest('technicia');
const p1 = { phase: 'production-10', attempt: 1 };
const startMs = Date.parse('2025-05-18T07:00:00.000Z');

/** Facts some hours after the start. Launch on 18 May: the gate of `production-10` may decide on 24 May at 16:00 UTC. */
function visitsOf(
  hours: number,
  ...facts: readonly (readonly [hour: number, fact: Fact])[]
): readonly PhaseVisit[] {
  let release: Parameters<typeof record>[0] = 'r1';
  const entries: LedgerEntry[] = [];
  const first = [0, { ...admitted, launchDay: '2025-05-18' }] as const;
  for (const [hour, fact] of [first, ...facts]) {
    const at = new Date(startMs + hour * 3_600_000).toISOString();
    const step: ReturnType<typeof record> = record(release, [fact], { at, actor: 'user:ada' });
    release = step.next;
    entries.push(...step.entries);
  }
  const { visits, all, total } = hoursOf(plan, entries, new Date(startMs + hours * 3_600_000).toISOString());
  expect(total).toBe(hours * 60);
  expect(sumOf(all)).toBe(total);
  return visits;
}
const hoursIn = (visit: PhaseVisit | undefined) =>
  Object.fromEntries(
    kindsOfTime.flatMap((kind) => (visit?.minutes[kind] ? [[kind, visit.minutes[kind] / 60]] : [])),
  );

const opened: Fact = { type: 'phase.opened', ...p1 };
const gate: Fact = { type: 'gate.opened', ...p1 };
const left = (outcome: 'promote' | 'correct' | 'roll-back'): Fact => ({
  type: 'phase.closed',
  ...p1,
  outcome,
  reason: {},
});
const script = (status: 'succeeded' | 'failed'): Fact => ({
  type: 'script.finished',
  ...p1,
  script: 's',
  command: 'c',
  status,
  exitCode: 0,
  summary: quoted(''),
});
const chosen = (level: 'full' | 'none'): Fact => ({
  type: 'rollback.chosen',
  ...p1,
  level,
  component: '',
  reason: {},
});

describe('the hours of a visit', () => {
  it.each<[string, number, readonly (readonly [number, Fact])[], Readonly<Record<string, number>>]>([
    ['wait for the date of the phase, then are work', 5, [[2, opened]], { dates: 2, work: 3 }],
    [
      'wait for people while the release is paused before a phase',
      5,
      [
        [1, { type: 'release.paused', reason: quoted('') }],
        [3, { type: 'release.unpaused', reason: quoted('') }],
        [4, opened],
      ],
      { dates: 2, people: 2, work: 1 },
    ],
    [
      'are an observation, frozen while nothing can be measured',
      10,
      [
        [0, opened],
        [1, { type: 'observation.started', ...p1, hours: 48 }],
        [4, { type: 'observation.frozen', ...p1, blind: { code: 'no-look', params: {} } }],
        [6, { type: 'observation.unfrozen', ...p1, minutes: 120 }],
      ],
      { work: 1, bake: 7, frozen: 2 },
    ],
    [
      'wait at a gate for its day, and from then on for people',
      160,
      [
        [0, opened],
        [100, gate],
      ],
      // 24 May 16:00 is 153 h after 18 May 07:00.
      { work: 100, dates: 53, people: 7 },
    ],
    [
      'wait at a gate for people while the release is paused, whatever the date',
      120,
      [
        [0, opened],
        [100, gate],
        [110, { type: 'release.paused', reason: quoted('') }],
      ],
      { work: 100, dates: 10, people: 10 },
    ],
    [
      'wait for another day when the launch day is moved',
      180,
      [
        [0, opened],
        [100, gate],
        [110, { type: 'launch.moved', from: '2025-05-18', to: '2025-05-25', reason: quoted('') }],
      ],
      { work: 100, dates: 80 },
    ],
    [
      'wait for a correction',
      9,
      [
        [0, opened],
        [2, left('correct')],
      ],
      { work: 2, people: 7 },
    ],
    [
      'wait for who may lift a hold',
      9,
      [
        [0, opened],
        [2, { type: 'phase.held', ...p1, from: 'gate' }],
      ],
      { work: 2, people: 7 },
    ],
    [
      'contain what is undone after the phase',
      9,
      [
        [0, opened],
        [2, left('roll-back')],
        [2, chosen('full')],
      ],
      { work: 9 },
    ],
    [
      'wait for a decision when nothing could be undone, or it failed',
      9,
      [
        [0, opened],
        [1, left('roll-back')],
        [1, chosen('full')],
        [4, script('failed')],
      ],
      { work: 4, people: 5 },
    ],
    [
      'and when there is nothing to undo',
      9,
      [
        [0, opened],
        [1, left('roll-back')],
        [1, chosen('none')],
      ],
      { work: 1, people: 8 },
    ],
    [
      'do not wait when a script fails that undoes nothing',
      9,
      [
        [0, opened],
        [4, script('failed')],
      ],
      { work: 9 },
    ],
  ])('go to who was waited for: they %s', (_what, hours, facts, expected) => {
    const [visit, ...more] = visitsOf(hours, ...facts);
    expect(hoursIn(visit)).toEqual(expected);
    expect(more).toEqual([]);
  });

  it('belong to the phase that comes next, and after the last one to the follow-up', () => {
    const second = { phase: 'production-50', attempt: 1 };
    const visits = visitsOf(
      10,
      [1, opened],
      [2, left('promote')],
      [5, { type: 'phase.opened', ...second }],
      [6, { type: 'phase.closed', ...second, outcome: 'promote', reason: {} }],
    );
    expect(visits.map((visit) => [visit.phase, visit.attempt, hoursIn(visit)])).toEqual([
      ['production-10', 1, { dates: 1, work: 1 }],
      ['production-50', 1, { dates: 3, work: 1 }],
      [undefined, 0, { dates: 4 }],
    ]);
  });

  it('stop at the end, whatever happens after it', () => {
    const [visit] = visitsOf(3, [0, opened], [9, { type: 'observation.started', ...p1, hours: 1 }]);
    expect(hoursIn(visit)).toEqual({ work: 3 });
  });

  it('are not changed by a fact of a kind that nobody knows', () => {
    const [visit] = visitsOf(4, [0, opened], [1, { type: 'release.blessed' } as unknown as Fact]);
    expect(hoursIn(visit)).toEqual({ work: 4 });
  });

  it('are none for a release of no time', () => {
    expect(hoursOf(plan, [], '2025-05-18T07:00:00.000Z')).toEqual({ visits: [], all: noMinutes, total: 0 });
  });
});

describe('minutes', () => {
  it('of neighbours add up, whatever their seconds', () => {
    const [a, b, c] = [startMs + 59_999, startMs + 60_001, startMs + 179_999];
    expect(minutesBetween(a, b) + minutesBetween(b, c)).toBe(minutesBetween(a, c));
    expect(minutesBetween(c, a)).toBe(0);
  });
});
