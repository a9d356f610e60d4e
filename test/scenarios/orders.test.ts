/** What a person may make a phase do while it is under way, in a rehearsal's world: carried out by the real state machine. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import type { WaitKind } from '#domain/rules/wait.ts';
import { dayMs, hourMs } from '#domain/time.ts';
import { rehearsalWorld } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { ask, claimsOf } from '#test/support/http.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { lead, release } from '#test/support/world.ts';

const { releaseId } = release;
const technical = { userId: 'technical-lead-1', roles: ['technical-lead'] };
let world: World;

async function begin(changes: Partial<Plan> = {}): Promise<void> {
  const plan = { ...readPlanForTest('technicia'), ...changes };
  world = rehearsalWorld({ plan, seed: 1, users: 1000, launchDay: release.launchDay });
  await world.start(release);
}
beforeEach(() => begin());

const facts = () => world.releases.ledger(releaseId).map(({ fact }) => fact);
const happened = <T extends Fact['type']>(type: T) =>
  facts().filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
const peek = () => {
  const found = world.releases.peek(releaseId);
  if (!found) throw new Error('not started');
  return found;
};
const waitsFor = async (kind: WaitKind, phase: string) =>
  (await world.waits.open(releaseId)).some((one) => one.kind === kind && one.phase === phase);
async function reach(kind: WaitKind, phase: string): Promise<void> {
  for (let quarters = 0; !(await waitsFor(kind, phase)); quarters += 1) {
    if (quarters > 4 * 24 * 80) throw new Error(`${phase} never waited for a ${kind}`);
    await world.clock.runFor(hourMs / 4);
  }
}
const order = (phase: string, what: object, actor = lead) =>
  world.delivery.invoke('order-phase', { actor, releaseId, phase, reason: 'vu sur place', ...what });
const exposures = () => happened('exposure.changed').map(({ from, to }) => `${from} > ${to}`);

describe('a blocker that comes when a phase has begun', () => {
  it('keeps its users from getting access, and the phase goes on by itself once it is lifted', async () => {
    const { phases } = readPlanForTest('technicia');
    // No checklist waits for the pause: it is seen where access is given.
    await begin({
      phases: phases.map((one) => (one.id === 'production-10' ? { ...one, checklists: [] } : one)),
    });
    await reach('script', 'production-10');
    const command = { actor: lead, releaseId, reason: 'gel' };
    await world.delivery.invoke('pause-release', command);
    await world.clock.runFor(dayMs);
    expect(peek().exposure).toBe(0);
    expect(happened('phase.held')).toEqual([
      expect.objectContaining({ phase: 'production-10', because: { code: 'paused', params: {} } }),
    ]);
    await world.delivery.invoke('unpause-release', command);
    await world.clock.runFor(hourMs);
    expect(exposures()).toEqual(['0 > 10']);
    expect(happened('phase.unblocked')).toHaveLength(1);
    expect(happened('phase.resumed')).toEqual([]);
  });
});

describe('an order to roll back', () => {
  it.each<[WaitKind, string]>([
    ['bake', 'production-10'],
    ['checklist', 'production-10'],
    ['start', 'production-50'],
    ['gate', 'production-10'],
  ])('at the %s of %s takes all access back, once', async (kind, phase) => {
    await reach(kind, phase);
    await order(phase, { order: 'roll-back', level: 'full' });
    await order(phase, { order: 'roll-back', level: 'full' });
    await world.clock.runFor(2 * dayMs);
    expect(peek().status).toBe('rolled-back');
    expect(peek().exposure).toBe(0);
    expect(happened('phase.ordered')).toHaveLength(1);
    expect(happened('rollback.chosen')).toEqual([
      expect.objectContaining({
        phase,
        level: 'full',
        reason: expect.objectContaining({ cause: expect.objectContaining({ code: 'ordered' }) }),
      }),
    ]);
  });

  it('names a level and a component: users keep the rest', async () => {
    await reach('bake', 'production-50');
    await order('production-50', { order: 'roll-back', level: 'degraded', component: 'ocr' });
    await world.clock.runFor(hourMs);
    expect(happened('rollback.chosen')[0]).toMatchObject({ level: 'degraded', component: 'ocr' });
    expect(peek().exposure).toBe(50);
    expect(peek().components['ocr']).not.toBe('on');
    await world.clock.runUntil(() => peek().status !== 'active');
    expect(peek().status).toBe('completed');
  });

  it('waits for the script that is running, and overtakes nothing', async () => {
    await reach('script', 'production-10');
    await order('production-10', { order: 'roll-back', level: 'full' });
    expect(await waitsFor('script', 'production-10')).toBe(true);
    await world.clock.runFor(dayMs);
    const types = facts().map(({ type }) => type);
    expect(types.indexOf('script.finished', types.indexOf('phase.ordered'))).toBeLessThan(
      types.indexOf('rollback.chosen'),
    );
    expect(exposures()).toEqual([]);
  });

  it('is not hindered by a pause, a freeze or a version found bad', async () => {
    const nights = {
      id: 'always',
      name: 'Always',
      when: { from: '2025-05-18T12:00', to: '2025-09-01T00:00' },
    };
    await begin({ freezes: [nights] });
    await reach('bake', 'production-10');
    await world.delivery.invoke('pause-release', { actor: lead, releaseId, reason: '' });
    await world.delivery.invoke('mark-version-bad', { actor: lead, releaseId, reason: 'perd des fichiers' });
    await order('production-10', { order: 'roll-back', level: 'full' });
    await world.clock.runFor(2 * dayMs);
    expect(peek().status).toBe('rolled-back');
  });
});

describe('an order to correct', () => {
  it.each<[WaitKind, string]>([
    ['bake', 'production-10'],
    ['start', 'production-50'],
    ['checklist', 'staging'],
  ])('at the %s of %s sends the phase to where it is corrected, and back', async (kind, phase) => {
    await reach(kind, phase);
    await order(phase, { order: 'correct' });
    await world.clock.runUntil(() => peek().status !== 'active');
    expect(peek().status).toBe('completed');
    expect(
      happened('phase.opened')
        .filter((one) => one.phase === phase)
        .at(-1)?.attempt,
    ).toBe(2);
  });

  it('is refused when no attempt is left', async () => {
    const plan = readPlanForTest('technicia');
    await begin({ phases: plan.phases.map((one) => ({ ...one, attemptsMax: 1 })) });
    await reach('bake', 'production-10');
    expect((await refusedBy(order('production-10', { order: 'correct' }))).says).toMatch(
      /all 1 attempts .* are used/,
    );
  });
});

describe('an order to promote', () => {
  it('ends an observation before its time; the gate still asks for everything', async () => {
    await reach('bake', 'production-10');
    await order('production-10', { order: 'promote' });
    await world.clock.runFor(hourMs);
    expect(happened('gate.opened').filter((one) => one.phase === 'production-10')).toHaveLength(1);
    expect(happened('observation.concluded').filter((one) => one.phase === 'production-10')).toEqual([]);
    const gate = () =>
      ask(world, 'GET', `/releases/${releaseId}/phases/production-10/gate`, {
        claims: claimsOf('ada', 'qa'),
      });
    expect(['wait', 'promote']).toContain((await gate()).body['would']);
    expect((await gate()).body['because']).not.toMatchObject({ code: 'last-day' });
    await world.clock.runUntil(() => peek().phases['production-10']?.status === 'closed');
    await world.clock.runFor(hourMs);
    expect(peek().order).toBeUndefined();
  });

  it('is refused while the release is paused', async () => {
    await reach('bake', 'production-10');
    await world.delivery.invoke('pause-release', { actor: lead, releaseId, reason: '' });
    expect((await refusedBy(order('production-10', { order: 'promote' }))).says).toMatch(
      /the release is paused/,
    );
  });
});

describe('an order to hold', () => {
  it('stops the observation until a person says how it goes on', async () => {
    await reach('bake', 'production-10');
    await order('production-10', { order: 'hold' });
    await reach('hold', 'production-10');
    expect(peek().phases['production-10']?.status).toBe('held');
    expect((await refusedBy(order('production-10', { order: 'promote' }))).says).toMatch(/it is held/);
  });
});

describe('an order to skip the wait', () => {
  it('starts a phase before its day', async () => {
    await reach('start', 'production-50');
    await order('production-50', { order: 'skip-wait' });
    await world.clock.runFor(hourMs);
    expect(happened('phase.opened').some((one) => one.phase === 'production-50')).toBe(true);
    expect(world.clock.nowMs()).toBeLessThan(Date.parse('2025-05-25T00:00:00Z'));
  });

  it('lets a gate decide before the last evening of its phase', async () => {
    await reach('gate', 'user-tests');
    await order('user-tests', { order: 'skip-wait' });
    await world.clock.runUntil(() => happened('gate.decided').some((one) => one.phase === 'user-tests'));
    expect(world.clock.nowMs()).toBeLessThan(Date.parse('2025-05-10T16:00:00Z') + 12 * hourMs);
  });
});

describe('orders', () => {
  it('stand until they are carried out: another one is refused, the same one is one', async () => {
    await reach('script', 'production-10');
    await order('production-10', { order: 'correct' });
    await order('production-10', { order: 'correct' }, technical);
    expect((await refusedBy(order('production-10', { order: 'hold' }))).says).toMatch(
      /project-lead-1 has ordered "correct" in "production-10": it stands/,
    );
    expect(happened('phase.ordered')).toHaveLength(1);
  });

  it('give way to a rollback, whatever was ordered before', async () => {
    await reach('script', 'production-10');
    await order('production-10', { order: 'correct' });
    await order('production-10', { order: 'roll-back', level: 'full' }, technical);
    await world.clock.runFor(2 * dayMs);
    expect(peek().status).toBe('rolled-back');
  });

  it.each<[string, object, string]>([
    ['a level for a correction', { order: 'correct', level: 'full' }, 'InvalidInput'],
    ['a level without its component', { order: 'roll-back', level: 'partial' }, 'InvalidInput'],
    ['a rollback without its level', { order: 'roll-back' }, 'InvalidInput'],
    ['an unknown component', { order: 'roll-back', level: 'partial', component: 'printer' }, 'InvalidInput'],
    ['no reason', { order: 'roll-back', level: 'full', reason: ' ' }, 'InvalidInput'],
    ['a wait that has no date', { order: 'skip-wait' }, 'NotAllowedNow'],
    [
      'a phase that has not begun',
      { order: 'roll-back', level: 'full', phase: 'production-100' },
      'NotAllowedNow',
    ],
    ['an unknown phase', { order: 'roll-back', level: 'full', phase: 'moon' }, 'NotFound'],
    [
      'a person of another role',
      { order: 'roll-back', level: 'full', actor: { userId: 'x', roles: ['qa'] } },
      'NotPermitted',
    ],
  ])('are refused with %s, and nothing changes', async (_title, what, name) => {
    await reach('bake', 'production-10');
    const before = facts().length;
    await expect(order('production-10', what)).rejects.toMatchObject({ name });
    expect(facts()).toHaveLength(before);
  });

  it('are refused once what they would change has been decided', async () => {
    await reach('gate', 'production-10');
    await world.clock.runUntil(() => happened('gate.decided').some((one) => one.phase === 'production-10'));
    await expect(order('production-10', { order: 'roll-back', level: 'full' })).rejects.toMatchObject({
      name: 'NotAllowedNow',
    });
  });
});

describe('a freeze window', () => {
  const weekend = {
    id: 'weekend',
    name: 'Week-end',
    when: { from: '2025-05-24T22:00', to: '2025-05-27T09:00' },
  };

  it('holds the next phase and the access that it gives, until it ends', async () => {
    await begin({ freezes: [weekend] });
    await reach('start', 'production-50');
    await world.clock.runUntil(() => happened('phase.opened').some((one) => one.phase === 'production-50'));
    expect(world.clock.nowMs()).toBeGreaterThanOrEqual(Date.parse('2025-05-27T07:00:00Z'));
    expect(world.clock.nowMs()).toBeLessThan(Date.parse('2025-05-27T07:02:00Z'));
  });

  it('keeps a gate from promoting, not from sending back', async () => {
    await begin({ freezes: [{ ...weekend, when: { ...weekend.when, from: '2025-05-24T12:00' } }] });
    await world.clock.runUntil((nowMs) => nowMs >= Date.parse('2025-05-26T12:00:00Z'));
    const decided = () => happened('gate.decided').filter((one) => one.phase === 'production-10');
    expect(decided()).toEqual([]);
    const asked = { actor: lead, releaseId, phase: 'production-10', role: 'project-lead' };
    await world.delivery.invoke('reject-gate', { ...asked, comment: 'trop lent' });
    expect(decided()).toEqual([expect.objectContaining({ outcome: 'hold' })]);
  });

  it('is overridden for once, with the reason in the ledger', async () => {
    await begin({ freezes: [weekend] });
    const override = () =>
      world.delivery.invoke('override-freeze', {
        actor: lead,
        releaseId,
        freeze: 'weekend',
        reason: 'urgent',
      });
    await expect(override()).rejects.toMatchObject({ name: 'NotAllowedNow' });
    await world.clock.runUntil((nowMs) => nowMs >= Date.parse('2025-05-25T08:00:00Z'));
    expect(happened('phase.opened').some((one) => one.phase === 'production-50')).toBe(false);
    await override();
    await override();
    await world.clock.runFor(hourMs);
    expect(happened('phase.opened').some((one) => one.phase === 'production-50')).toBe(true);
    expect(happened('freeze.overridden')).toEqual([
      {
        type: 'freeze.overridden',
        freeze: 'weekend',
        until: '2025-05-27T07:00:00.000Z',
        reason: quoted('urgent'),
      },
    ]);
  });
});

describe('a version', () => {
  const markBad = () =>
    world.delivery.invoke('mark-version-bad', { actor: lead, releaseId, reason: 'perd des fichiers' });
  const replace = (version: string) =>
    world.delivery.invoke('replace-candidate', { actor: lead, releaseId, version, reason: 'corrigé' });

  it('that was found bad goes no further, and no release starts with it again', async () => {
    await reach('checklist', 'staging');
    await markBad();
    await markBad();
    expect(happened('version.marked-bad')).toHaveLength(1);
    await world.clock.runFor(20 * dayMs);
    expect(peek().phases['user-tests']).toBeUndefined();
    await world.delivery.invoke('abort-release', { actor: lead, releaseId, reason: '' });
    const again = { actor: lead, releaseId: 'demo-2', version: '1.0.0', launchDay: '2025-06-18' };
    expect((await refusedBy(world.delivery.invoke('start-release', again))).says).toMatch(
      /perd des fichiers/,
    );
    await world.delivery.invoke('start-release', { ...again, version: '1.0.1' });
    // Also through the console, which checks nothing before.
    world.startExecution('demo-3', { ...release, releaseId: 'demo-3', launchDay: '2025-06-18' });
    await world.clock.runFor(hourMs);
    const refused = world.engine.executions().find(({ name }) => name === 'demo-3');
    expect([refused?.status, refused?.error]).toEqual(['FAILED', 'Release.Refused']);
    expect(refused?.cause).toMatch(/a été jugée mauvaise dans « demo-1 » \(perd des fichiers\)/);
  });

  it('takes the place of another where the plan allows, and goes the way of corrections', async () => {
    await reach('bake', 'production-10');
    await replace('1.0.1');
    await replace('1.0.1');
    expect(happened('candidate.replaced')).toHaveLength(1);
    await world.clock.runUntil(() => peek().status !== 'active');
    expect([peek().status, peek().version]).toEqual(['completed', '1.0.1']);
    const staged = happened('script.started').filter(
      ({ script, phase }) => script === 'deploy-staging' && phase === 'corrections',
    );
    expect(staged).toHaveLength(2);
  });

  it('that is bad takes nobody’s place, and none does in a phase that the plan does not name', async () => {
    await reach('checklist', 'preparation');
    await expect(replace('1.0.1')).rejects.toMatchObject({ name: 'NotAllowedNow' });
    await reach('checklist', 'staging');
    await markBad();
    await replace('1.0.1');
    await world.clock.runFor(3 * dayMs);
    await expect(replace('1.0.0')).rejects.toMatchObject({ name: 'VersionMarkedBad' });
    expect(peek().version).toBe('1.0.1');
    // The bad one no longer stands in the way.
    await world.clock.runUntil(() => peek().phases['user-tests'] !== undefined);
  });
});
