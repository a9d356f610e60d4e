/** What cannot be given back, in a rehearsal's world: by whom it is wanted, what happens until then, and how it can be left. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { WaitKind } from '#domain/rules/wait.ts';
import { hourMs, minuteMs } from '#domain/time.ts';
import type { CommandName } from '#functions/runtime/operations.ts';
import { rehearsalWorld } from '#rehearsal/rehearse.ts';
import type { Trouble } from '#rehearsal/scenario.ts';
import type { World } from '#rehearsal/world/world.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { lead, release } from '#test/support/world.ts';

const { releaseId } = release;
const phase = 'production-10';
const technical = { userId: 'technical-lead-1', roles: ['technical-lead'] };
/** Nobody of the simulated team says anything about a rollback for a month. */
const silence: Trouble = { kind: 'agreement', phase, hours: 700, declined: false };
let world: World;

async function begin(changes: Partial<Plan> = {}, troubles: readonly Trouble[] = []): Promise<void> {
  const plan = { ...readPlanForTest('technicia'), ...changes };
  const expects = { outcome: 'rolled-back', execution: 'FAILED', facts: [], never: [] } as const;
  const scenario = {
    name: 'agreement',
    title: { fr: '', en: '' },
    troubles: [silence, ...troubles],
    interventions: [],
    expect: { ...expects, facts: [], never: [] },
  };
  world = rehearsalWorld({ plan, seed: 1, users: 1000, launchDay: release.launchDay, scenario });
  await world.start(release);
  await reach('bake');
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
async function reach(kind: WaitKind): Promise<void> {
  const isThere = async () =>
    (await world.waits.open(releaseId)).some((one) => one.kind === kind && one.phase === phase);
  for (let quarters = 0; !(await isThere()); quarters += 1) {
    if (quarters > 4 * 24 * 80) throw new Error(`${phase} never waited for a ${kind}`);
    await world.clock.runFor(hourMs / 4);
  }
}
const tell = (name: CommandName, what: object = {}, actor: { userId: string; roles: string[] } = lead) =>
  world.delivery.invoke(name, { actor, releaseId, phase, comment: 'vu', ...what });
const order = (level: string, actor = lead, more: object = {}) =>
  world.delivery.invoke('order-phase', {
    actor,
    releaseId,
    phase,
    order: 'roll-back',
    level,
    reason: 'vu sur place',
    ...more,
  });
const abort = (actor: { userId: string; roles: string[] }) =>
  world.delivery.invoke('abort-release', { actor, releaseId, reason: 'rien n’avance' });
const restored = () =>
  happened('script.starting').filter((one) => one.script === 'rollback-full' && one.phase === phase);

describe('a full rollback that one person orders', () => {
  it('takes access at once, and restores nothing until a second person agrees', async () => {
    await order('full');
    await reach('agreement');
    expect(peek().exposure).toBe(0);
    await world.clock.runFor(20 * hourMs);
    expect(restored()).toEqual([]);
    expect(peek().status).toBe('active');
    await tell('agree-rollback', {}, technical);
    await world.clock.runFor(3 * hourMs);
    expect(restored()).toHaveLength(2);
    expect(peek().status).toBe('rolled-back');
  });

  it('is not agreed to by the same person in another role', async () => {
    await order('full');
    await reach('agreement');
    const twice = { userId: lead.userId, roles: ['technical-lead', 'project-lead'] };
    expect((await refusedBy(tell('agree-rollback', {}, twice))).says).toMatch(/it takes a second person/);
    await world.clock.runFor(2 * hourMs);
    expect(restored()).toEqual([]);
  });

  it('is agreed to by a second person who orders the same', async () => {
    await order('full');
    await reach('agreement');
    await order('full', technical);
    await world.clock.runFor(3 * hourMs);
    expect(peek().status).toBe('rolled-back');
  });

  it('can become another level, which one person may order', async () => {
    await order('full');
    await reach('agreement');
    await order('degraded', lead, { component: 'ocr' });
    await world.clock.runFor(2 * hourMs);
    expect(happened('rollback.chosen').map(({ level }) => level)).toEqual(['full', 'degraded']);
    expect(restored()).toEqual([]);
    await world.clock.runUntil(() => peek().status !== 'active');
    expect(peek().status).toBe('completed');
  });

  it('tells those who lost access after half an hour, once, and calls others', async () => {
    await order('full');
    await reach('agreement');
    const sent = () => happened('message.sending').filter(({ message }) => message === 'emergency');
    expect(sent()).toEqual([]);
    await world.clock.runFor(31 * minuteMs);
    expect(sent()).toHaveLength(1);
    expect(happened('incident.opened').map(({ title }) => title.code)).toContain('agreement-late');
    await tell('agree-rollback', {}, technical);
    await world.clock.runFor(3 * hourMs);
    expect(peek().status).toBe('rolled-back');
    expect(sent()).toHaveLength(1);
    expect(peek().messages['emergency']).toMatchObject({ status: 'sent' });
  });
});

describe('a fault of ours', () => {
  it('leaves users what they have, and asks', async () => {
    const before = peek().exposure;
    const [bake] = (await world.waits.open(releaseId)).filter(({ kind }) => kind === 'bake');
    world.engine.sendTaskFailure(bake?.token ?? '', { error: 'Fault', cause: 'ours' });
    await reach('decision');
    expect(happened('rollback.chosen')).toMatchObject([
      { level: 'none', reason: { cause: { code: 'fault' } } },
    ]);
    expect(peek().exposure).toBe(before);
    expect(restored()).toEqual([]);
  });

  it('can be answered by a rollback at a level, which two people want', async () => {
    const [bake] = (await world.waits.open(releaseId)).filter(({ kind }) => kind === 'bake');
    world.engine.sendTaskFailure(bake?.token ?? '', { error: 'Fault', cause: 'ours' });
    await reach('decision');
    await order('full');
    await reach('agreement');
    expect(peek().exposure).toBe(0);
    await tell('agree-rollback', {}, technical);
    await world.clock.runFor(3 * hourMs);
    expect(peek().status).toBe('rolled-back');
  });

  it('of which the release is given up takes two people as well', async () => {
    const [bake] = (await world.waits.open(releaseId)).filter(({ kind }) => kind === 'bake');
    world.engine.sendTaskFailure(bake?.token ?? '', { error: 'Fault', cause: 'ours' });
    await reach('decision');
    await tell('decide-phase', { decision: 'abandon' });
    await reach('agreement');
    await world.clock.runFor(hourMs);
    expect(peek().status).toBe('active');
    expect((await refusedBy(tell('agree-rollback'))).says).toMatch(/it takes a second person/);
    await tell('agree-rollback', {}, technical);
    await world.clock.runFor(hourMs);
    expect(peek().status).toBe('abandoned');
    expect(restored()).toEqual([]);
  });
});

describe('a rollback whose script fails', () => {
  const broken: Trouble = {
    kind: 'script',
    script: 'rollback-full',
    phase,
    times: 1,
    summary: 'disque plein',
  };
  const fail = async () => {
    await begin({}, [broken]);
    await order('full');
    await reach('agreement');
    await tell('agree-rollback', {}, technical);
    await world.clock.runUntil(() => happened('rollback.failed').length > 0);
    await reach('decision');
  };

  it('asks people, and runs again when they order it again', async () => {
    await fail();
    expect(peek().status).toBe('active');
    await order('full');
    await world.clock.runFor(4 * hourMs);
    expect(peek().status).toBe('rolled-back');
    expect(restored().map(({ run }) => run)).toEqual([
      'full.restore-application.rollback-full',
      'full.restore-application.rollback-full.2',
      'full.restore-data.rollback-full.2',
    ]);
  });

  it('may be aborted by two people, and the ledger lists what is left undone', async () => {
    await fail();
    await abort(lead);
    await abort(lead);
    expect(peek().status).toBe('active');
    expect(happened('release.abort-asked')).toHaveLength(1);
    await abort(technical);
    expect(peek().status).toBe('aborted');
    const [closed] = happened('release.closed');
    const { steps } = readPlanForTest('technicia').rollback.full;
    // Those who lost access have been told meanwhile.
    const undone = steps.filter(({ action }) => action.kind !== 'message').map(({ text }) => text);
    expect(closed?.reason).toMatchObject({ code: 'rollback-left', params: { undone } });
  });
});

describe('an abort', () => {
  it('is refused while a rollback runs', async () => {
    await order('full');
    await reach('agreement');
    await tell('agree-rollback', {}, technical);
    await world.clock.runUntil(() => restored().length > 0);
    expect((await refusedBy(abort(lead))).says).toMatch(/is being rolled back .* wait for its end/);
    expect(peek().status).toBe('active');
  });

  it('is one person’s act while a second person is awaited', async () => {
    await order('full');
    await reach('agreement');
    await abort(lead);
    expect(peek().status).toBe('aborted');
    expect(happened('release.closed')[0]?.reason.code).toBe('ordered');
  });
});

it('a verdict restores by itself only where the plan says so', async () => {
  const { rollback } = readPlanForTest('technicia');
  const ill: Trouble = {
    kind: 'metric',
    check: 'error-rate',
    value: 9,
    shared: false,
    from: { phase, attempt: 1, afterHours: 20 },
  };
  await begin({}, [ill]);
  await world.clock.runUntil(() => happened('rollback.chosen').length > 0);
  await world.clock.runFor(5 * hourMs);
  expect([peek().status, restored().length]).toEqual(['active', 0]);
  await begin({ rollback: { ...rollback, full: { ...rollback.full, restoreData: 'automatic' } } }, [ill]);
  await world.clock.runUntil(() => happened('rollback.chosen').length > 0);
  await world.clock.runFor(5 * hourMs);
  expect([peek().status, restored().length]).toEqual(['rolled-back', 2]);
  expect(happened('rollback.agreed')).toEqual([]);
});
