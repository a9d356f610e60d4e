import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import { itemsProgress, phaseDueMs } from '#domain/rules/progress.ts';
import { dayMs } from '#domain/time.ts';
import { admitted, technicia, told } from '#test/cli/story.ts';

const [preparation] = technicia.phases;
if (!preparation) throw new Error('the plan has no phase');
const { id: phase } = preparation;
const [first, second] = preparation.checklists.flatMap(({ items }) => items);
const start = '2025-04-10T07:00:00.000Z';
const opened: Fact = { type: 'phase.opened', phase, attempt: 1 };

function statuses(facts: readonly Fact[], afterDays: number) {
  const { release } = told([[start, admitted, ...facts]]);
  const seen = itemsProgress(technicia, release, preparation as never, Date.parse(start) + afterDays * dayMs);
  return new Map(seen.map(({ item, status }) => [item.id, status]));
}
const ticked = (item = ''): Fact => ({
  type: 'item.ticked',
  phase,
  attempt: 1,
  item,
  by: 'ada',
  system: false,
  evidence: { code: 'words', params: { words: quoted('') } },
});
const waived = (item = ''): Fact => ({
  type: 'item.waived',
  phase,
  attempt: 1,
  item,
  by: 'ada',
  reason: quoted(''),
});

describe('an item of a checklist', () => {
  it('is done or waived when somebody said so, whenever', () => {
    const facts = [opened, ticked(first?.id), waived(second?.id)];
    for (const days of [1, 30]) {
      expect(statuses(facts, days).get(first?.id ?? '')).toBe('done');
      expect(statuses(facts, days).get(second?.id ?? '')).toBe('waived');
    }
  });

  it.each<[string, readonly Fact[], number, string]>([
    ['before its phase has opened', [], 30, 'open'],
    ['while its phase has time', [opened], 7, 'open'],
    ['once the time of its phase is over', [opened], 8, 'late'],
    [
      'of a phase that was left',
      [opened, { type: 'phase.closed', phase, attempt: 1, outcome: 'promote', reason: {} }],
      30,
      'open',
    ],
    [
      'of a release that has ended',
      [opened, { type: 'release.closed', outcome: 'aborted', reason: { code: 'run-through', params: {} } }],
      30,
      'open',
    ],
  ])('is open or late by the time of its phase: %s it is %s', (_, facts, days, status) => {
    expect(new Set(statuses(facts, days).values())).toEqual(new Set([status]));
  });

  it('has as many days after a late opening as were planned', () => {
    const late = '2025-05-01T07:00:00.000Z';
    const { release } = told([
      [start, admitted],
      [late, opened],
    ]);
    expect(phaseDueMs(technicia, release, preparation)).toBe(Date.parse(late) + 8 * dayMs);
  });
});
