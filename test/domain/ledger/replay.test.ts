import { describe, expect, it } from 'vitest';
import { genesis } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { gateKey, itemKey, type Release } from '#domain/ledger/records.ts';
import { replay } from '#domain/ledger/replay.ts';
import { quoted } from '#domain/quoted.ts';
import { admitted, at, following, inBuild, later, releaseAfter, rich } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';

const opening = { openedAt: at, status: 'open', attempt: 1, late: false } as const;

describe('sequences of facts', () => {
  const paused: Fact = { type: 'release.paused', reason: quoted('') };
  const closed: Fact = { type: 'phase.closed', ...inBuild, outcome: 'correct', reason: {} };
  const again: Fact = { type: 'phase.opened', phase: 'build', attempt: 2 };
  const concluded: Fact = {
    type: 'observation.concluded',
    ...inBuild,
    verdict: 'healthy',
    reason: {},
    healthyMinutes: 60,
  };
  const approved: Fact = { type: 'gate.approved', ...inBuild, role: 'qa', by: 'bob', comment: quoted('') };
  const decided: Fact = { type: 'gate.decided', ...inBuild, outcome: 'hold', readings: [], reason: {} };

  it('begin with an admission', () => {
    expect(releaseAfter()).toMatchObject({
      id: 'r1',
      seq: 1,
      product: 'demo',
      version: '2.0.0',
      launchDay: '2025-03-10',
      startedBy: 'ada',
      startedAt: at,
      status: 'active',
      paused: false,
      exposure: 0,
      deployed: false,
    });
    expect(releaseAfter()).not.toHaveProperty('type');
  });

  it.each<[string, readonly Fact[], (release: Release) => unknown, unknown]>([
    [
      'a pause ends',
      [paused, { type: 'release.unpaused', reason: quoted('') }],
      ({ paused: is }) => is,
      false,
    ],
    [
      'a script that installs nothing leaves nothing to undo',
      [{ type: 'script.started', ...inBuild, script: 'test', command: 'c3', installs: false }],
      ({ deployed }) => deployed,
      false,
    ],
    [
      'what was installed stays installed when another script installs nothing',
      [
        { type: 'script.started', ...inBuild, script: 'deploy', command: 'c3', installs: true },
        { type: 'script.started', ...inBuild, script: 'test', command: 'c4', installs: false },
      ],
      ({ deployed }) => deployed,
      true,
    ],
    [
      'what was installed stays installed when access is withdrawn',
      [
        { type: 'exposure.changed', ...inBuild, from: 0, to: 10 },
        { type: 'exposure.changed', ...inBuild, from: 10, to: 0 },
      ],
      ({ exposure, deployed }) => [exposure, deployed],
      [0, true],
    ],
    [
      'a held phase is resumed',
      [
        { type: 'phase.held', ...inBuild, from: 'gate' },
        { type: 'phase.resumed', ...inBuild, resolution: 'gate', comment: quoted('') },
      ],
      ({ phases }) => phases['build']?.status,
      'open',
    ],
    [
      'a phase that is entered again forgets its ticks, and only its own',
      [closed, again],
      ({ items }) => Object.keys(items),
      ['test/a'],
    ],
    [
      'a phase whose name begins like another one keeps its ticks',
      [
        { type: 'phase.opened', phase: 'build-2', attempt: 1 },
        { type: 'item.waived', phase: 'build-2', attempt: 1, item: 'a', by: 'ada', reason: quoted('') },
        again,
      ],
      ({ items }) => Object.keys(items),
      ['test/a', 'build-2/a'],
    ],
    [
      'a phase that is entered again forgets how it ended',
      [concluded, closed, again],
      ({ phases }) => phases['build'],
      { ...opening, attempt: 2, openedAt: later },
    ],
    [
      'a new observation forgets the verdict before it',
      [concluded, { type: 'observation.started', ...inBuild, hours: 1 }],
      ({ phases }) => phases['build'],
      opening,
    ],
    [
      'a gate that is asked again asks everybody again',
      [approved, decided, { type: 'gate.opened', ...inBuild }],
      ({ gates }) => gates['build#1'],
      { openedAt: later, approvals: [], escalated: false },
    ],
    [
      'approvals add up in order',
      [approved, { ...approved, by: 'eve' }],
      ({ gates }) => gates['build#1']?.approvals.map(({ by }) => by),
      ['bob', 'eve'],
    ],
  ])('leave the projection that their order asks: %s', (_title, facts, look, expected) => {
    expect(look(following(rich, ...facts))).toEqual(expected);
  });
});

describe('record', () => {
  it('appends one entry per fact, with its time and its actor', () => {
    const { next, entries } = record('r9', [admitted, { type: 'release.paused', reason: quoted('') }], {
      at,
      actor: 'user:ada',
    });
    expect(
      entries.map((entry) => [entry.seq, entry.fact.type, entry.at, entry.actor, entry.releaseId]),
    ).toEqual([
      [1, 'release.admitted', at, 'user:ada', 'r9'],
      [2, 'release.paused', at, 'user:ada', 'r9'],
    ]);
    expect(next).toMatchObject({ id: 'r9', seq: 2, hash: entries[1]?.hash });
  });

  it('with no facts changes nothing', () => {
    expect(record(rich, [], { at, actor: 'user:ada' })).toEqual({ next: rich, entries: [] });
    expect(record('r9', [], { at, actor: 'user:ada' }).next).toMatchObject({
      id: 'r9',
      seq: 0,
      hash: genesis,
    });
  });
});

describe('replay', () => {
  it('of nothing is a release without a history', () => {
    expect(replay('r9', [])).toMatchObject({ id: 'r9', seq: 0, hash: genesis, status: 'active' });
  });
});

describe('keys', () => {
  it('tell items of two phases and gates of two attempts apart', () => {
    expect([itemKey('build', '1.1'), gateKey('build', 2)]).toEqual(['build/1.1', 'build#2']);
  });
});
