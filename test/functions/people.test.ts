/** Checklists, overrides, incidents and tasks as people keep them, in a rehearsal's world. */

import { beforeEach, describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { quoted } from '#domain/quoted.ts';
import { dayMs, hourMs } from '#domain/time.ts';
import { rehearsalWorld } from '#rehearsal/rehearse.ts';
import type { World } from '#rehearsal/world/world.ts';
import { ask, claimsOf } from '#test/support/http.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { refusedBy } from '#test/support/refusals.ts';
import { lead, release } from '#test/support/world.ts';

const { releaseId } = release;
const qa = { userId: 'qa-1', roles: ['qa'] };
const technical = { userId: 'technical-lead-1', roles: ['technical-lead'] };
let world: World;

const plan = readPlanForTest('technicia');

/** Staging has just begun; its scripts and its checklist are under way. */
beforeEach(async () => {
  world = rehearsalWorld({ plan, seed: 1, users: 1000, launchDay: release.launchDay });
  await world.start(release);
  await world.clock.runUntil(() => peek()?.phases['staging'] !== undefined);
  await world.clock.runFor(4 * hourMs);
});

const peek = () => world.releases.peek(releaseId);
const facts = () => world.releases.ledger(releaseId).map(({ fact }) => fact);
const happened = <T extends Fact['type']>(type: T) =>
  facts().filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
const command = (name: string, input: object) => world.delivery.invoke(name, { releaseId, ...input });
const get = async (path: string) =>
  (await ask(world, 'GET', `/releases/${releaseId}${path}`, { claims: claimsOf('ada', 'qa') })).body;
const shown = async (item: string) => {
  const { items } = (await get('/phases/staging')) as { items: readonly { readonly id: string }[] };
  return items.find(({ id }) => id === item);
};

describe('an item', () => {
  const item = { actor: qa, phase: 'staging', item: '3.2.2' };

  it.each([
    [
      'words',
      'tous les points répondent',
      { evidence: { code: 'words', params: { words: 'tous les points répondent' } } },
    ],
    [
      'a link',
      { link: 'https://rapports.example/api?nuit=1' },
      { evidence: { code: 'link', params: { link: 'https://rapports.example/api?nuit=1' } } },
    ],
    [
      'a file',
      { file: 'essais/été/api v2.pdf' },
      { evidence: { code: 'file', params: { file: 'essais/été/api v2.pdf' } } },
    ],
  ])('is shown with %s as its evidence', async (_title, evidence, expected) => {
    await command('tick-item', { ...item, evidence });
    expect(await shown('3.2.2')).toMatchObject({ status: 'done', by: 'qa-1', ...expected });
  });

  it('is not ticked with evidence that nobody could follow', async () => {
    const files = ['../secrets', 'a/../b', '/etc/passwd', 'a//b', 'C:/x', 'a\\b', '.env', 'a/.git/b'];
    const links = [
      'http://x.example',
      'javascript:alert(1)',
      'https://ada:pw@x.example',
      'file:///etc/passwd',
      'x',
    ];
    const before = facts().length;
    for (const evidence of [
      ...[...files, '%2e%2e/x', 'a\0b', ''].map((file) => ({ file })),
      ...links.map((link) => ({ link })),
      ...[{ file: 'a', link: 'https://x.example' }, { note: 'x' }, 7],
    ])
      await expect(
        command('tick-item', { ...item, evidence }),
        JSON.stringify(evidence),
      ).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(facts()).toHaveLength(before);
  });

  it('that is taken back is open again, with the reason in the ledger, and may be ticked once more', async () => {
    await command('tick-item', { ...item, evidence: 'fait' });
    await command('untick-item', { ...item, reason: 'un point ne répond plus' });
    await command('untick-item', { ...item, reason: 'encore' });
    expect(await shown('3.2.2')).toMatchObject({ status: 'open' });
    expect(happened('item.unticked')).toEqual([
      expect.objectContaining({ item: '3.2.2', by: 'qa-1', reason: 'un point ne répond plus' }),
    ]);
    await command('tick-item', { ...item, evidence: 'réparé' });
    expect(await shown('3.2.2')).toMatchObject({ status: 'done', evidence: { params: { words: 'réparé' } } });
  });

  it('is waived by those who answer for the gate, not by its owner', async () => {
    const security = { userId: 'security-1', roles: ['security'] };
    const waiver = { phase: 'staging', item: '3.1.4', reason: 'aucun testeur externe' };
    await expect(command('waive-item', { actor: security, ...waiver })).rejects.toMatchObject({
      name: 'NotPermitted',
    });
    await command('waive-item', { actor: technical, ...waiver });
    expect(await shown('3.1.4')).toMatchObject({
      status: 'waived',
      evidence: { params: { words: 'aucun testeur externe' } },
    });
  });
});

describe('an override', () => {
  const asked = { phase: 'staging', criterion: '3.4.2', comment: 'connu, sans effet' };
  const bugs = () => command('record-measure', { actor: qa, measure: 'bugs.critical', value: 2, samples: 1 });
  const decided = () => happened('gate.decided').filter(({ phase }) => phase === 'staging');

  it('takes two people: one who asks is not enough, however often', async () => {
    await command('override-criterion', { actor: qa, ...asked });
    await command('override-criterion', { actor: qa, ...asked });
    expect(happened('gate.overridden')).toEqual([]);
    await command('override-criterion', { actor: technical, ...asked });
    await command('override-criterion', { actor: technical, ...asked });
    expect(happened('gate.overridden')).toEqual([expect.objectContaining({ by: 'technical-lead-1' })]);
    const gate = (await get('/phases/staging/gate')) as { criteria: readonly { readonly id: string }[] };
    expect(gate.criteria.find(({ id }) => id === '3.4.2')).toMatchObject({
      override: { askedBy: 'qa-1', grantedBy: 'technical-lead-1' },
    });
  });

  it('lets the gate promote against a failed criterion, and the record says by which rules and whom', async () => {
    await command('override-criterion', { actor: qa, ...asked });
    await command('override-criterion', { actor: technical, ...asked });
    await world.clock.runUntil(() => happened('gate.opened').some(({ phase }) => phase === 'staging'));
    await bugs();
    await world.clock.runUntil(() => decided().length > 0);
    expect(decided()).toEqual([
      expect.objectContaining({
        outcome: 'promote',
        rules: 2,
        overridden: ['3.4.2'],
        readings: expect.arrayContaining([{ criterion: '3.4.2', verdict: 'unhealthy', value: 2 }]),
      }),
    ]);
    const { decided: record } = (await get('/phases/staging/gate')) as { decided: object };
    expect(record).toMatchObject({ outcome: 'promote', rules: 2, at: expect.any(String) });
  });

  it('is needed for that: without it the gate sends the phase back', async () => {
    await world.clock.runUntil(() => happened('gate.opened').some(({ phase }) => phase === 'staging'));
    await bugs();
    await world.clock.runUntil(() => decided().length > 0);
    expect(decided()).toEqual([expect.objectContaining({ outcome: 'correct' })]);
  });

  it.each([
    ['an unknown criterion', { criterion: '9.9' }, 'NotFound'],
    ['a criterion that an approval decides', { criterion: '3.4.3' }, 'InvalidInput'],
    ['no comment', { comment: '' }, 'InvalidInput'],
    [
      'a phase that is not open',
      { phase: 'production-10', actor: lead, criterion: '6.1.1' },
      'NotAllowedNow',
    ],
  ])('is refused for %s', async (_title, changes, name) => {
    await expect(command('override-criterion', { actor: qa, ...asked, ...changes })).rejects.toMatchObject({
      name,
    });
    expect(happened('gate.override-asked')).toEqual([]);
  });
});

describe('GET the gate', () => {
  it('says what its criteria read now and what is missing, before it is open', async () => {
    expect(await get('/phases/staging/gate')).toMatchObject({
      status: 'to-come',
      would: 'wait',
      because: { code: 'items' },
      now: expect.arrayContaining([{ criterion: '3.4.2', verdict: 'healthy', value: 0 }]),
    });
  });
});

describe('an incident', () => {
  const report = { severity: 'critical', title: 'Documents perdus' };
  const open = async (actor = qa) => {
    const { incident } = (await command('open-incident', { actor, ...report })) as { incident: string };
    return incident;
  };
  const called = () => happened('incident.called').map(({ level }) => level);

  it('that a person opens is heard first where its severity says; said twice it is one', async () => {
    const incident = await open();
    expect(await open(technical)).toBe(incident);
    await world.clock.runFor(60_000);
    expect(happened('incident.opened')).toEqual([
      expect.objectContaining({ incident, phase: 'staging', severity: 'critical' }),
    ]);
    expect(called()).toEqual([3]);
  });

  it('of somebody who has just reported one is told with it, unless it is graver', async () => {
    const say = async (title: string, severity: string, actor = qa) =>
      ((await command('open-incident', { actor, title, severity })) as { incident: string }).incident;
    const first = await say('Pages lentes', 'technical');
    const second = await say('Pages vides', 'user');
    const third = await say('Documents perdus', 'critical');
    const others = await say('Rien ne répond', 'user', technical);
    await world.clock.runFor(60_000);
    expect(peek()?.incidents[second]).toMatchObject({ by: 'qa-1', groupedWith: first });
    for (const one of [first, third, others]) expect(peek()?.incidents[one]?.groupedWith).toBeUndefined();
    const calledFor = new Set(happened('incident.called').map(({ incident }) => incident));
    expect([first, second, third, others].map((one) => calledFor.has(one))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('that stood behind another one is called for once that is resolved', async () => {
    await open();
    const { incident } = (await command('open-incident', {
      actor: qa,
      title: 'Pages vides',
      severity: 'user',
    })) as { incident: string };
    await world.clock.runUntil(() => happened('incident.called').some((one) => one.incident === incident));
    expect(happened('incident.resolved').length).toBeGreaterThan(0);
  });

  it('of a person who has reported twenty within an hour is refused, with when the next one is taken', async () => {
    const say = (nth: number) =>
      command('open-incident', { actor: qa, title: `Anomalie ${nth}`, severity: 'user' });
    for (let nth = 1; nth <= 20; nth += 1) await say(nth);
    await world.clock.runFor(60_000);
    expect(new Set(happened('incident.called').map(({ incident }) => incident)).size).toBe(1);
    expect(await refusedBy(say(21))).toEqual({
      name: 'NotAllowedNow',
      says: expect.stringMatching(/20 incidents en une heure|20 incidents within an hour/),
    });
    await world.clock.runFor(hourMs);
    await say(21);
    expect(happened('incident.opened')).toHaveLength(21);
  });

  it('that is opened again is called again, and counts from its first hour', async () => {
    const incident = await open();
    await world.clock.runUntil(() => peek()?.incidents[incident]?.status === 'resolved');
    const before = called().length;
    const { openedAt } = peek()?.incidents[incident] ?? {};
    const reopen = () => command('reopen-incident', { actor: qa, incident, comment: 'revenu' });
    await reopen();
    await reopen();
    await world.clock.runFor(60_000);
    expect(happened('incident.reopened')).toEqual([
      { type: 'incident.reopened', incident, by: 'qa-1', reason: quoted('revenu') },
    ]);
    expect(called()).toHaveLength(before + 1);
    expect(peek()?.incidents[incident]).toMatchObject({ status: 'open', openedAt, reopened: 1 });
    await world.clock.runUntil(() => peek()?.incidents[incident]?.status === 'resolved');
  });

  it('that was grave leaves a review with a page to fill in, which somebody closes', async () => {
    const incident = await open();
    await world.clock.runUntil(() => peek()?.incidents[incident]?.status === 'resolved');
    const { tasks } = (await get('/tasks')) as { tasks: readonly { id: string; template: string }[] };
    expect(tasks).toEqual([
      expect.objectContaining({
        status: 'open',
        owner: 'project-lead',
        incident,
        title: {
          code: 'post-incident',
          params: { title: { code: 'reported', params: { words: 'Documents perdus' } } },
        },
      }),
    ]);
    const [task] = tasks;
    expect(task?.template).toContain('| Gravité | critique |');
    expect(task?.template).toContain('## Causes');
    await command('close-task', { actor: lead, task: task?.id, note: 'relu le 3 mai' });
    await command('close-task', { actor: lead, task: task?.id, note: 'encore' });
    expect((await get('/tasks'))['tasks']).toEqual([
      expect.objectContaining({
        status: 'done',
        closed: { by: 'project-lead-1', at: expect.any(String), note: 'relu le 3 mai' },
      }),
    ]);
  });

  it('opens once in a phase when five in a hundred users report a problem, and ten at least', async () => {
    await world.clock.runUntil(() => peek()?.exposure === 10);
    const say = async (from: number, to: number) => {
      for (let nth = from; nth < to; nth += 1) {
        const person = `${nth}`.padStart(64, '0');
        await world.feedback.put({ releaseId, person, question: 'problem!', value: 1, good: true });
      }
      await world.clock.runFor(2 * hourMs);
    };
    const titles = () => happened('incident.opened').map(({ incident }) => incident);
    await say(0, 8);
    expect(titles()).toEqual([]);
    await say(8, 12);
    expect(titles()).toEqual(['production-10.1.problems']);
    await say(12, 30);
    await world.clock.runFor(dayMs);
    expect(titles()).toEqual(['production-10.1.problems']);
  });

  it('opens when an alarm rings while users have access and nothing observes them', async () => {
    const ring = (hoursAgo = 0) => {
      const time = toInstant(world.clock.nowMs() - hoursAgo * hourMs);
      const detail = { alarmName: 'Disque plein!', state: { value: 'ALARM' } };
      return world.delivery.invoke('alarm', { 'detail-type': 'CloudWatch Alarm State Change', time, detail });
    };
    await ring();
    expect(happened('incident.opened')).toEqual([]);
    await world.clock.runUntil(() => happened('gate.opened').some(({ phase }) => phase === 'production-10'));
    // Yesterday's, out of the dead letters.
    await ring(2);
    expect(happened('incident.opened')).toEqual([]);
    await ring();
    await ring();
    const [{ incident } = { incident: '' }, ...others] = happened('incident.opened');
    expect([incident, others]).toEqual(['production-10.1.alarm-Disque-plein-', []]);
    await world.clock.runUntil(() => peek()?.incidents[incident]?.status === 'resolved');
    // What rang before is told again, and is over; what rings now is new.
    await ring(1 / 60);
    expect(happened('incident.opened')).toHaveLength(1);
    await world.clock.runFor(hourMs / 2);
    await ring();
    expect(happened('incident.opened')).toHaveLength(2);
  });
});

describe('a command that is refused for want of a role', () => {
  it('changes nothing, and stands in the log with who asked', async () => {
    const before = facts().length;
    const { status } = await ask(world, 'POST', `/releases/${releaseId}/abort`, {
      claims: claimsOf('mallory', 'qa'),
      body: { reason: 'x' },
    });
    expect(status).toBe(403);
    expect(facts()).toHaveLength(before);
    expect(world.logs.filter(({ code }) => code === 'COMMAND_REFUSED')).toEqual([
      {
        code: 'COMMAND_REFUSED',
        fields: {
          operation: 'abort-release',
          path: `/releases/${releaseId}/abort`,
          refusal: {
            code: 'role-missing',
            params: expect.objectContaining({ person: 'mallory', operation: 'abort-release', held: ['qa'] }),
          },
        },
      },
    ]);
  });
});
