import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { itemsOf, openItems, phaseOf, systemTicks } from '#domain/plan/checklist.ts';
import type { Verification } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { inBuild, releaseAfter } from '#test/support/builders.ts';
import { checklist, item, phase, smallPlan } from '#test/support/plans.ts';
import { refusedAtOnce } from '#test/support/refusals.ts';

const build = phase('build', {
  checklists: [
    checklist(item('a'), item('b', { script: 'deploy' })),
    checklist(item('c', { exposure: 10 }, 'gate')),
  ],
});
const other = phase('other', {
  checklists: [checklist(item('a', { script: 'deploy' }), item('d', { check: 'errors' }))],
});
const plan = smallPlan({ phases: [build, other] });

const opened: Fact = { type: 'phase.opened', ...inBuild };
const ticked = (id: string, inPhase: { phase: string; attempt: number } = inBuild): Fact => ({
  type: 'item.ticked',
  ...inPhase,
  item: id,
  by: 'ada',
  system: false,
  evidence: { code: 'words', params: { words: quoted('seen') } },
});
const waived: Fact = { type: 'item.waived', ...inBuild, item: 'b', by: 'ada', reason: quoted('not needed') };

describe('phaseOf and itemsOf', () => {
  it('find a phase and the items of all its lists', () => {
    expect(itemsOf(phaseOf(plan, 'build')).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('refuse a phase that the plan does not have, and name those it has', () => {
    expect(refusedAtOnce(() => phaseOf(plan, 'launch'))).toBe(
      'the plan has no phase "launch": it has build, other',
    );
  });
});

describe('openItems', () => {
  it.each<[string, readonly Fact[], 'checklist' | 'gate', string]>([
    ['nothing done, for the checklist', [], 'checklist', 'a b'],
    ['nothing done, for the gate', [], 'gate', 'a b c'],
    ['one done', [ticked('a')], 'checklist', 'b'],
    ['one waived', [waived], 'checklist', 'a'],
    ['all of the checklist', [ticked('a'), waived], 'checklist', ''],
    ['all of the checklist, for the gate', [ticked('a'), waived], 'gate', 'c'],
    ['the same item of another phase', [ticked('a', { phase: 'other', attempt: 1 })], 'checklist', 'a b'],
    [
      'the phase is entered again',
      [ticked('a'), { type: 'phase.opened', phase: 'build', attempt: 2 }],
      'checklist',
      'a b',
    ],
  ])('are those that nobody ticked or waived: %s', (_title, facts, due, expected) => {
    const open = openItems(build, releaseAfter(opened, ...facts), due);
    expect(open.map(({ id }) => id).join(' ')).toBe(expected);
  });
});

describe('systemTicks', () => {
  const bothOpen = [opened, { type: 'phase.opened', phase: 'other', attempt: 2 }] as const;
  const script = { script: 'deploy' };
  const evidence = { code: 'script', params: { script: 'deploy', command: 'command-1' } } as const;

  it.each<[string, readonly Fact[], Exclude<Verification, 'person'>, string]>([
    ['ticks in every phase that is open', bothOpen, script, 'build/b#1 other/a#2'],
    ['ticks what is due at the gate', bothOpen, { exposure: 10 }, 'build/c#1'],
    ['ticks by a check', bothOpen, { check: 'errors' }, 'other/d#2'],
    [
      'ticks in a phase that is held',
      [opened, { type: 'phase.held', ...inBuild, from: 'gate' }],
      script,
      'build/b#1',
    ],
    ['ticks nothing before a phase opens', [], script, ''],
    [
      'ticks nothing after a phase has closed',
      [opened, { type: 'phase.closed', ...inBuild, outcome: 'promote', reason: {} }],
      script,
      '',
    ],
    ['ticks nothing twice', [opened, waived], script, ''],
    ['does not take another exposure for it', bothOpen, { exposure: 50 }, ''],
    ['does not take another script for it', bothOpen, { script: 'test' }, ''],
    ['does not take a check for a script of the same name', bothOpen, { check: 'deploy' }, ''],
  ])('follow what the system has seen: it %s', (_title, facts, seen, expected) => {
    const ticks = systemTicks(plan, releaseAfter(...facts), seen, evidence);
    const keys = ticks.map((tick) =>
      'item' in tick ? `${tick.phase}/${tick.item}#${tick.attempt}` : tick.type,
    );
    expect(keys.join(' ')).toBe(expected);
  });

  it('says that the system did it, and what it saw', () => {
    expect(systemTicks(plan, releaseAfter(opened), script, evidence)).toEqual([
      { type: 'item.ticked', ...inBuild, item: 'b', by: 'jalon', system: true, evidence },
    ]);
  });
});
