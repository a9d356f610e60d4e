/** What was about to be done, as the timeline tells it: only when nobody knows whether it was. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';

import { formatOf } from '#presentation/format.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { sectionsOf, TimelineContext } from '#presentation/timeline/context.ts';
import { narrate } from '#presentation/timeline/lines.ts';
import { admitted, at, inBuild } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';
import { report, smallPlan } from '#test/support/plans.ts';

const plan = smallPlan({ reports: [report('status', { step: 'Build' })] });
const texts = await textsOf('en');
const opened: Fact = { type: 'phase.opened', ...inBuild };

/** The lines of the timeline about these facts. */
function linesOf(...facts: readonly Fact[]): readonly string[] {
  const { next: release, entries } = record('r1', [admitted, opened, ...facts], { at, actor: 'system:test' });
  const told = { plan, release, entries };
  const context = new TimelineContext(told, texts, formatOf('en', plan.timeZone));
  return sectionsOf(told).flatMap((section) => narrate(context, section).map(({ text }) => text));
}

const starting: Fact = { type: 'script.starting', ...inBuild, script: 'deploy', run: 'deploy' };
const started: Fact = { type: 'script.started', ...inBuild, script: 'deploy', command: 'c1', installs: true };
const changing: Fact = { type: 'exposure.changing', ...inBuild, from: 0, to: 10 };
const changed: Fact = { type: 'exposure.changed', ...inBuild, from: 0, to: 10 };
const left = (error: string): Fact => ({
  type: 'phase.closed',
  ...inBuild,
  outcome: 'roll-back',
  reason: { cause: { code: 'fault', params: { error } } },
});
const aborted: Fact = {
  type: 'release.closed',
  outcome: 'aborted',
  reason: { code: 'run-through', params: {} },
};

describe.each([
  ['a script', starting, started, 'deploy: perhaps it runs, its start was not confirmed'],
  ['access', changing, changed, 'Access for 10 % of the users: perhaps switched, it was not confirmed'],
] as const)('%s that was not confirmed', (_what, intention, confirmation, line) => {
  it.each<readonly [string, readonly Fact[], boolean]>([
    ['is no line while its handler may be at it', [intention], false],
    ['is one when the phase was left so', [intention, left('Lambda.Unknown')], true],
    ['is one when the release has ended so', [intention, aborted], true],
    ['is none once it is confirmed', [intention, confirmation, left('Lambda.Unknown')], false],
    ['is none without an intention', [confirmation, aborted], false],
    ['is one though another was confirmed before', [confirmation, intention, left('States.Timeout')], true],
  ])('in the timeline %s', (_when, facts, expected) => {
    expect(linesOf(...facts).includes(line)).toBe(expected);
  });
});

it('a script that the runner refused leaves nothing uncertain', () => {
  expect(linesOf(starting, left('ScriptNotStarted')).filter((line) => line.includes('perhaps'))).toEqual([]);
});

it('a report that is told again is a line, one that is told for the first time is not', () => {
  const sending = { type: 'report.sending', report: 'status', dueAt: at } as const;
  const again = 'Report to the team (Build): the first sending broke off, it goes again';
  expect(linesOf(sending)).not.toContain(again);
  expect(linesOf(sending, { ...sending, again: true })).toContain(again);
});
