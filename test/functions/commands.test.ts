/** Commands of people: what they change, what they refuse, and that twice is once. */

import { beforeEach, describe, expect, it } from 'vitest';
import { phaseStartMs } from '#domain/plan/message-dates.ts';
import { quoted } from '#domain/quoted.ts';
import { dayMs, hourMs } from '#domain/time.ts';
import type { World } from '#rehearsal/world/world.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { lead, quietWorld, release } from '#test/support/world.ts';

const { releaseId } = release;
const qa = { userId: 'qa-1', roles: ['qa'] };
let world: World;

/** Staging has just begun; its checklist waits. */
beforeEach(async () => {
  world = quietWorld();
  await world.start(release);
  await world.clock.runUntil(() => world.releases.peek(releaseId)?.phases['staging'] !== undefined);
  await world.clock.runFor(4 * hourMs);
});

const facts = () => world.releases.ledger(releaseId).map(({ fact }) => fact);
const ticks = (item: string) => facts().filter((fact) => fact.type === 'item.ticked' && fact.item === item);

describe('tick-item', () => {
  const qaItem = readPlanForTest('technicia')
    .phases.find(({ id }) => id === 'staging')
    ?.checklists.flatMap(({ items }) => items)
    .find(({ owner, verified }) => owner === 'qa' && verified === 'person');
  const item = qaItem?.id ?? '';
  const command = { actor: qa, releaseId, phase: 'staging', item, evidence: 'rapport' };

  it('ticks once, however often it is given', async () => {
    await world.delivery.invoke('tick-item', command);
    await world.delivery.invoke('tick-item', command);
    expect(ticks(item)).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a person without the role', { actor: { userId: 'x', roles: ['support'] } }, 'NotPermitted'],
    ['an item that is not there', { item: '9.9.9' }, 'NotFound'],
    [
      'a phase that is over',
      {
        phase: 'preparation',
        item: '2.1.1',
        actor: { ...lead, roles: ['technical-lead', 'qa', 'devops', 'security', 'project-lead', 'support'] },
      },
      'NotAllowedNow',
    ],
    ['an unknown release', { releaseId: 'nobody' }, 'ReleaseNotFound'],
  ])('refuses and writes nothing for %s', async (_title, changes, name) => {
    const before = facts().length;
    await expect(world.delivery.invoke('tick-item', { ...command, ...changes })).rejects.toMatchObject({
      name,
    });
    expect(facts()).toHaveLength(before);
  });
});

describe('approve-gate', () => {
  it('refuses when no gate is open, and says what the release waits for', async () => {
    const command = { actor: qa, releaseId, phase: 'staging', role: 'qa', comment: '' };
    expect(await refusedBy(world.delivery.invoke('approve-gate', command))).toEqual({
      name: 'NotAllowedNow',
      says: expect.stringMatching(/it waits for checklist of staging/),
    });
  });
});

describe('pause-release', () => {
  it('starts no phase while paused, and starts it when unpaused', async () => {
    await world.delivery.invoke('pause-release', { actor: lead, releaseId, reason: 'gel' });
    await world.clock.runFor(12 * dayMs);
    expect(world.releases.peek(releaseId)?.phases['user-tests']).toBeUndefined();
    await world.delivery.invoke('unpause-release', { actor: lead, releaseId, reason: 'fin' });
    await world.clock.runFor(2 * dayMs);
    expect(world.releases.peek(releaseId)?.phases['user-tests']?.status).toBe('open');
  });
});

describe('move-launch-day', () => {
  it('moves the dates of phases and messages, and nothing starts on the old one', async () => {
    const command = { actor: lead, releaseId, launchDay: '2025-05-28', reason: 'retard' };
    await world.delivery.invoke('move-launch-day', command);
    const plan = readPlanForTest('technicia');
    const userTests = plan.phases.find(({ id }) => id === 'user-tests');
    await world.clock.runUntil(() => world.releases.peek(releaseId)?.phases['user-tests'] !== undefined);
    expect(userTests && phaseStartMs(plan, '2025-05-28', userTests)).toBeLessThanOrEqual(world.clock.nowMs());
    expect(world.releases.peek(releaseId)?.messages['launch']?.dueAt).toBe('2025-05-28T09:00:00.000Z');
  });

  it.each([
    ['a day in the past', '2025-04-01', 'LaunchDayPast'],
    ['a day that the machine does not live to see', '2099-05-18', 'LaunchDayImpossible'],
    ['no date', 'demain', 'InvalidInput'],
  ])('refuses and keeps the launch day for %s', async (_title, launchDay, name) => {
    const command = { actor: lead, releaseId, launchDay, reason: '' };
    await expect(world.delivery.invoke('move-launch-day', command)).rejects.toMatchObject({ name });
    expect(world.releases.peek(releaseId)?.launchDay).toBe('2025-05-18');
  });
});

describe('record-measure', () => {
  const tester = { userId: 'qa-1', roles: ['qa'] };
  const bugs = { actor: tester, measure: 'bugs.critical', value: 1, samples: 1 };
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['a measure that no check reads', { measure: 'weather' }, 'NotFound', /weather/],
    ['one that the ledger knows by itself', { measure: 'incidents.mttr-hours' }, 'NotFound', /mttr/],
    ['one that users answer', { measure: 'survey.satisfaction' }, 'NotFound', /satisfaction/],
    ['one of another role', { actor: lead }, 'NotPermitted', /qa, technical-lead/],
    ['a value that cannot be', { value: -1 }, 'InvalidInput', /bugs\.critical.*-1.*0.*1000/],
    ['more than there can be', { value: 1001 }, 'InvalidInput', /1001.*0.*1000/],
    ['too many samples', { samples: 1_000_001 }, 'InvalidInput', /1000001/],
    ['a number without end', { value: Number.POSITIVE_INFINITY }, 'InvalidInput', /value/],
  ])('refuses %s, and leaves the ledger as it was', async (_title, changes, name, says) => {
    const before = facts().length;
    expect(
      await refusedBy(world.delivery.invoke('record-measure', { releaseId, ...bugs, ...changes })),
    ).toEqual({
      name,
      says: expect.stringMatching(says),
    });
    expect(facts()).toHaveLength(before);
  });

  it.each([
    [0, 0],
    [1000, 1000],
    // The store holds nothing so near to zero.
    [1e-200, 0],
  ])('takes what is just within the bounds: %d as %d', async (value, kept) => {
    await world.delivery.invoke('record-measure', { releaseId, ...bugs, value });
    expect(world.releases.peek(releaseId)?.measures['bugs.critical']).toMatchObject({
      value: kept,
      samples: 1,
    });
  });
});

describe('abort-release', () => {
  it('closes the ledger, stops the execution and leaves no schedule', async () => {
    await world.delivery.invoke('abort-release', { actor: lead, releaseId, reason: 'abandon' });
    await world.clock.runFor(hourMs);
    expect(world.releases.peek(releaseId)?.status).toBe('aborted');
    expect(world.engine.executions()[0]?.status).toBe('ABORTED');
    expect(await world.schedules.names(releaseId)).toEqual([]);
    // It was ordered: operators are not woken.
    expect(world.logs.filter(({ code }) => code === 'EXECUTION_STOPPED')).toEqual([]);
    // Once more is harmless: the first stop may have been lost.
    const before = facts().length;
    await world.delivery.invoke('abort-release', { actor: lead, releaseId, reason: 'encore' });
    expect(facts()).toHaveLength(before);
  });
});

describe('withdraw-access', () => {
  const command = { actor: lead, releaseId, reason: 'aborted too late' };
  const withdraw = () => world.delivery.invoke('withdraw-access', command);
  const expose = (percent: number) =>
    world.delivery.invoke('expose-users', {
      contract: 1,
      releaseId,
      phase: 'production-10',
      attempt: 1,
      percent,
    });
  const abort = () => world.delivery.invoke('abort-release', { actor: lead, releaseId, reason: '' });
  const withdrawn = () => facts().filter(({ type }) => type === 'access.withdrawn');

  it('takes what an aborted release has left, and says so once in its ledger', async () => {
    await expose(10);
    await abort();
    expect(world.switches.percent).toBe(10);
    await withdraw();
    await withdraw();
    expect(world.switches.percent).toBe(0);
    expect(world.releases.peek(releaseId)).toMatchObject({ status: 'aborted', exposure: 0 });
    expect(withdrawn()).toEqual([{ type: 'access.withdrawn', from: 10, reason: quoted('aborted too late') }]);
    expect(world.releases.ledger(releaseId).at(-1)?.actor).toBe(`user:${lead.userId}`);
  });

  it('also when the ledger never heard of it: the step was stopped between the two', async () => {
    await world.switches.set(releaseId, 10);
    await abort();
    await withdraw();
    expect(world.switches.percent).toBe(0);
  });

  it.each<[string, () => Promise<unknown>, number, RegExp]>([
    ['while the release is under way', () => expose(10), 10, /abort it first/],
    ['when it gave nobody access', abort, 0, /it has given none/],
    [
      'when another release has given access since',
      async () => {
        await expose(10);
        await abort();
        await world.switches.set('demo-2', 50);
      },
      50,
      /another release has since/,
    ],
    [
      'of a release that is completed',
      async () => {
        await expose(100);
        await world.delivery.invoke('close-release', { contract: 1, releaseId, outcome: 'completed' });
      },
      100,
      /is completed/,
    ],
  ])('is refused and changes no access %s', async (_title, before, percent, message) => {
    await before();
    expect(await refusedBy(withdraw())).toEqual({
      name: 'NotAllowedNow',
      says: expect.stringMatching(message),
    });
    expect(world.switches.percent).toBe(percent);
    expect(withdrawn()).toEqual([]);
  });
});

describe('who may steer the release', () => {
  const stranger = { userId: 'x', roles: [] };
  const supporter = { userId: 'support-1', roles: ['support'] };
  it.each<[string, { userId: string; roles: string[] }, Record<string, unknown>]>([
    ['pause-release', supporter, { reason: '' }],
    ['unpause-release', supporter, { reason: '' }],
    ['move-launch-day', supporter, { launchDay: '2025-06-01', reason: '' }],
    ['abort-release', supporter, { reason: '' }],
    ['withdraw-access', supporter, { reason: '' }],
    ['record-measure', stranger, { measure: 'bugs.critical', value: 0, samples: 1 }],
    ['acknowledge-incident', stranger, { incident: 'i' }],
    ['resolve-incident', stranger, { incident: 'i' }],
    ['reopen-incident', stranger, { incident: 'i' }],
  ])('%s is refused to somebody without the role', async (command, actor, input) => {
    const before = facts().length;
    expect(await refusedBy(world.delivery.invoke(command, { actor, releaseId, ...input }))).toEqual({
      name: 'NotPermitted',
      says: expect.stringMatching(/it takes one of the roles/),
    });
    expect(facts()).toHaveLength(before);
  });
});
