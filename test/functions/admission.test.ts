/** What starting a release refuses, and that a refusal leaves nothing behind. */
import { describe, expect, it } from 'vitest';
import { hourMs } from '#domain/time.ts';
import { ask, claimsOf } from '#test/support/http.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { lead, quietWorld, release } from '#test/support/world.ts';

const { startedBy: _, ...asked } = release;
const start = { actor: lead, ...asked };

describe('start-release', () => {
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['no launch day', { launchDay: undefined }, 'InvalidInput', /launchDay/],
    ['a launch day that is no date', { launchDay: '2025-02-30' }, 'InvalidInput', /launchDay/],
    [
      'a launch day in the past',
      { launchDay: '2025-04-08' },
      'LaunchDayPast',
      /2025-04-08 is in the past.*2025-04-09/,
    ],
    [
      'a launch day that the machine does not live to see',
      { launchDay: '2026-05-18' },
      'LaunchDayImpossible',
      /2026-05-18 cannot be kept.*give a day from 2025-04-09 to 2025-12-/,
    ],
    ['a member that nobody knows', { launchDate: '2025-05-18' }, 'InvalidInput', /launchDate/],
    ['a version of the wrong type', { version: 2 }, 'InvalidInput', /version/],
    ['an id that AWS would refuse', { releaseId: 'Été 2025' }, 'InvalidInput', /a release id: 2 to 24/],
  ])('refuses %s and writes nothing', async (_title, changes, name, message) => {
    const world = quietWorld();
    const input = { ...start, ...changes };
    expect(await refusedBy(world.delivery.invoke('start-release', input))).toEqual({
      name,
      says: expect.stringMatching(message),
    });
    await world.clock.runFor(hourMs);
    expect(world.engine.executions()).toEqual([]);
    expect(world.releases.writes).toBe(0);
  });

  it('answers the same to the same input', async () => {
    const world = quietWorld();
    const first = await world.delivery.invoke('start-release', start);
    await world.clock.runFor(hourMs);
    expect(await world.delivery.invoke('start-release', start)).toEqual(first);
    expect(world.engine.executions()).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['the same id with another version', { version: '1.0.1' }, 'ReleaseExists'],
    ['a second release of the product', { releaseId: 'demo-2' }, 'ProductBusy'],
  ])('refuses while a release runs: %s', async (_title, changes, name) => {
    const world = quietWorld();
    await world.delivery.invoke('start-release', start);
    await world.clock.runFor(hourMs);
    const before = world.releases.writes;
    const second = { ...start, ...changes };
    await expect(world.delivery.invoke('start-release', second)).rejects.toMatchObject({ name });
    await world.clock.runFor(hourMs / 2);
    expect(world.engine.executions()).toHaveLength(1);
    expect(world.releases.peek('demo-2')).toBeUndefined();
    expect(world.releases.peek('demo-1')?.version).toBe('1.0.0');
    expect(world.releases.writes).toBe(before);
  });
});

describe('a start that was refused', () => {
  it('uses up a name of an execution, and not the id of the release', async () => {
    const world = quietWorld();
    world.startExecution('demo-1', { ...release, launchDay: '2024-05-18' });
    await world.clock.runFor(hourMs);
    const { executionArn } = (await world.delivery.invoke('start-release', start)) as {
      executionArn: string;
    };
    expect(executionArn).toMatch(/:demo-1__2$/);
    // Asked again before it is admitted, and after: it is the same.
    expect(await world.delivery.invoke('start-release', start)).toMatchObject({ executionArn });
    await world.clock.runFor(hourMs);
    expect(await world.delivery.invoke('start-release', start)).toMatchObject({ executionArn });
    expect(world.releases.peek('demo-1')?.executionArn).toBe(executionArn);
  });

  it('is not overtaken while it may still be admitted', async () => {
    const world = quietWorld();
    await world.delivery.invoke('start-release', start);
    const other = world.delivery.invoke('start-release', { ...start, version: '1.0.1' });
    expect(await refusedBy(other)).toEqual({
      name: 'ReleaseExists',
      says: expect.stringMatching(/other input/),
    });
    expect(world.engine.executions()).toHaveLength(1);
  });

  it('is a fault when nothing else ever happens under an id', async () => {
    const world = quietWorld();
    for (const name of ['demo-1', 'demo-1__2', 'demo-1__3', 'demo-1__4', 'demo-1__5'])
      world.startExecution(name, {});
    await world.clock.runFor(hourMs);
    const another = world.delivery.invoke('start-release', start);
    expect(await refusedBy(another)).toEqual({
      name: 'ReleaseExists',
      says: expect.stringMatching(/refused .* 5 times/),
    });
  });
});

describe('whoever asks for a release that was started', () => {
  const read = (world: ReturnType<typeof quietWorld>, releaseId: string) =>
    ask(world, 'GET', `/releases/${releaseId}`, { claims: claimsOf('project-lead-1', 'project-lead') });
  const told = async (world: ReturnType<typeof quietWorld>, releaseId: string) => {
    const { status, body } = await read(world, releaseId);
    return [status, body['code'], body['params']];
  };
  const asked = { release: 'demo-2', by: 'project-lead-1', at: expect.stringMatching(/^2025-04-09T/) };

  it('is told that it is starting, then why the machine refused it', async () => {
    const world = quietWorld();
    expect(await told(world, 'demo-2')).toEqual([404, 'no-such-release', { release: 'demo-2' }]);
    const [, second] = ['demo-1', 'demo-2'].map((releaseId) =>
      world.delivery.invoke('start-release', { ...start, releaseId }),
    );
    await second;
    expect(await told(world, 'demo-2')).toEqual([404, 'release-starting', asked]);
    await world.clock.runFor(hourMs);
    const because = { code: 'product-busy', params: { product: 'technicia', release: 'demo-1' } };
    expect(await told(world, 'demo-2')).toEqual([404, 'release-not-started', { ...asked, because }]);
    expect((await read(world, 'demo-2')).body['detail']).toMatch(
      /^release "demo-2", which project-lead-1 asked for at .*, was not started: product "technicia" is being released by "demo-1"/,
    );
    expect((await read(world, 'demo-1')).status).toBe(200);
  });

  it('is told why it was refused when somebody started it in the console', async () => {
    const world = quietWorld();
    world.startExecution('demo-2', { ...release, releaseId: 'demo-2', launchDay: '2024-05-18' });
    await world.clock.runFor(hourMs);
    const because = { code: 'launch-day-past', params: { launchDay: '2024-05-18', today: '2025-04-09' } };
    expect(await told(world, 'demo-2')).toEqual([404, 'release-not-started', { ...asked, because }]);
  });

  it('is told that its execution ended, when somebody stopped it before it was admitted', async () => {
    const world = quietWorld();
    const { executionArn } = (await world.delivery.invoke('start-release', {
      ...start,
      releaseId: 'demo-2',
    })) as { executionArn: string };
    world.engine.stop(world.engine.execution(executionArn), { cause: 'stopped in the console' });
    await world.clock.runFor(hourMs);
    const because = { code: 'start-ended', params: { status: 'aborted' } };
    expect(await told(world, 'demo-2')).toEqual([404, 'release-not-started', { ...asked, because }]);
    // And may start it again.
    await world.delivery.invoke('start-release', { ...start, releaseId: 'demo-2' });
    await world.clock.runFor(hourMs);
    expect((await read(world, 'demo-2')).status).toBe(200);
  });
});

describe('what an event says of an execution', () => {
  it('is past when the execution runs again: the release goes on', async () => {
    const world = quietWorld();
    await world.start(release);
    await world.clock.runFor(hourMs);
    const { executionArn } = await world.releases.load('demo-1');
    const detail = { executionArn, status: 'FAILED', input: JSON.stringify(release) };
    await world.delivery.invoke('execution-status', {
      'detail-type': 'Step Functions Execution Status Change',
      detail,
    });
    expect(world.releases.peek('demo-1')?.status).toBe('active');
    expect(world.logs.map(({ code }) => code)).toContain('STALE_EVENT');
  });
});

describe('executions started by hand in the console', () => {
  it('lets one of two launches of a product win and refuses the other in its first state', async () => {
    const world = quietWorld();
    const requests = ['demo-1', 'demo-2'].map((releaseId) =>
      world.delivery.invoke('start-release', { ...start, releaseId }),
    );
    await Promise.all(requests);
    await world.clock.runFor(hourMs);
    const states = world.engine.executions().map(({ status, error }) => [status, error]);
    expect(states).toEqual([
      ['RUNNING', undefined],
      ['FAILED', 'Release.Refused'],
    ]);
    // In the language of the plan.
    expect(world.engine.executions()[1]?.cause).toMatch(
      /^le produit « technicia » est en cours de déploiement par « demo-1 »/,
    );
    expect(world.releases.peek('demo-2')).toBeUndefined();
  });

  it.each<[string, unknown, RegExp]>([
    ['no input at all', {}, /releaseId/],
    ['a typing mistake', { ...release, versoin: '1' }, /versoin/],
    ['a launch day in the past', { ...release, launchDay: '2024-05-18' }, /le jour J 2024-05-18 est passé/],
  ])('refuses %s with a cause that says why', async (_title, input, cause) => {
    const world = quietWorld();
    world.startExecution('by-hand', input);
    await world.clock.runFor(hourMs);
    const [execution] = world.engine.executions();
    expect([execution?.status, execution?.error]).toEqual(['FAILED', 'Release.Refused']);
    expect(execution?.cause).toMatch(cause);
    expect(world.releases.ledger('demo-1')).toEqual([]);
  });
});
