/** What blocks a release is read where users would be given more, and holds nothing that goes back. */

import { describe, expect, it } from 'vitest';
import type { MailJob } from '#application/ports/mail.ts';
import type { Ports } from '#application/ports/ports.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import { acknowledgeIncident, resolveIncident } from '#functions/api/move-incident.ts';
import { overrideIncident } from '#functions/api/override-incident.ts';
import { resumePhase } from '#functions/api/resume-phase.ts';
import { alarm } from '#functions/events/alarm.ts';
import { mailJob } from '#functions/events/mail-job.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { exposeUsers } from '#functions/steps/expose-users.ts';
import { holdPhase } from '#functions/steps/hold-phase.ts';
import { type Changes, crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { personOf } from '#test/support/hashed.ts';

const { releaseId, phase, attempt } = crowded;
const inPhase = { phase, attempt } as const;
const paused: Fact = { type: 'release.paused', reason: quoted('wait') };
const bad: Fact = { type: 'version.marked-bad', version: '2.0.0', reason: quoted('loses drafts') };
const grave: Fact = {
  type: 'incident.opened',
  ...inPhase,
  incident: 'build.1.drafts',
  severity: 'critical',
  title: { code: 'reported', params: { words: quoted('drafts are lost') } },
};
/** Since the phase began: 2 May, when the plan's spring freeze holds. */
const inFreeze = 60;
const blocked: readonly [string, Changes, object][] = [
  ['a pause', { facts: [paused] }, { code: 'paused', params: {} }],
  ['a bad version', { facts: [bad] }, { code: 'bad-version', params: { version: '2.0.0' } }],
  [
    'an open critical incident',
    { facts: [grave] },
    { code: 'incident', params: { incident: 'build.1.drafts', severity: 'critical' } },
  ],
  [
    'one that somebody is at',
    { facts: [grave, { type: 'incident.acknowledged', incident: 'build.1.drafts', by: 'ada' }] },
    { code: 'incident', params: { incident: 'build.1.drafts', severity: 'critical' } },
  ],
  [
    'a freeze',
    { day: inFreeze },
    { code: 'freeze', params: { freeze: 'spring', until: '2025-05-03T22:00:00.000Z' } },
  ],
];

/** The release, its switch as it was moved, and what a state is answered. */
async function bench(changes: Changes = {}) {
  const switched: string[] = [];
  const settled: unknown[] = [];
  const queued: (readonly [readonly MailJob[], number | undefined])[] = [];
  const told: string[] = [];
  const ports = await crowdedRelease({
    ...changes,
    ports: {
      exposure: {
        set: async (_release, percent) => void switched.push(`${percent} %`),
        withdraw: async () => true,
        switch: async (_release, component, state) => void switched.push(`${component} ${state}`),
      },
      tasks: {
        succeed: async (token, answer) => void settled.push([token, answer]),
        heartbeat: async () => {},
      },
      mailQueue: { enqueue: async (jobs, after) => void queued.push([jobs, after]) },
      notifier: {
        notify: async ({ text }) => {
          told.push(text);
          return { told: ['operator'] };
        },
      },
      ...changes.ports,
    },
  });
  const release = () => ports.releases.load(releaseId);
  const expose = (percent: number, machine: object = { mayHold: true }) =>
    handlerOf(exposeUsers, ports)({ contract: 1, releaseId, ...inPhase, percent, ...machine });
  const hold = () =>
    handlerOf(holdPhase, ports)({ contract: 1, releaseId, ...inPhase, token: 'T', from: 'exposure' });
  const answer = (resolution: string) =>
    handlerOf(
      resumePhase,
      ports,
    )({
      actor: { userId: 'ada', roles: ['operator'] },
      releaseId,
      phase,
      resolution,
      comment: '',
    });
  return { ports, release, expose, hold, answer, switched, settled, queued, told };
}

describe('giving access', () => {
  it.each(blocked)(
    'is held by %s, which the ledger and the team are told',
    async (_title, changes, because) => {
      const { expose, release, switched, hold, told, settled } = await bench(changes);
      expect(await expose(10)).toEqual({ held: true });
      expect(switched).toEqual([]);
      expect((await release()).phases[phase]).toMatchObject({ status: 'held', heldBy: because });
      await hold();
      expect(settled).toEqual([]);
      expect(told.at(-1)).toMatch(/goes on by itself[\s\S]*"resolution": "correct".*To go back/);
    },
  );

  it.each(blocked)('is not held by %s where it takes access back', async (_title, changes) => {
    const { expose, switched } = await bench({
      ...changes,
      facts: [{ type: 'exposure.changed', ...inPhase, from: 0, to: 10 }, ...(changes.facts ?? [])],
    });
    expect(await expose(0, {})).toEqual({ held: false });
    expect(await expose(0)).toEqual({ held: false });
    expect(switched).toEqual(['0 %', '0 %']);
  });

  it('is held where only a component would come back on', async () => {
    const { expose, switched } = await bench({
      facts: [
        { type: 'exposure.changing', ...inPhase, from: 0, to: 10 },
        { type: 'exposure.changed', ...inPhase, from: 0, to: 10 },
        { type: 'component.switched', component: 'ocr', state: 'off' },
        bad,
      ],
    });
    expect(await expose(10)).toEqual({ held: true });
    expect(switched).toEqual(['10 %', 'ocr off']);
  });

  it('takes an intention back that a pause has overtaken', async () => {
    const { expose, release, switched } = await bench({
      facts: [{ type: 'exposure.changing', ...inPhase, from: 0, to: 10 }, paused],
    });
    expect(await expose(10)).toEqual({ held: true });
    expect(switched).toEqual(['0 %']);
    expect(await release()).toMatchObject({ exposure: 0, exposing: 0 });
  });

  it('goes on by itself when nothing holds it any more', async () => {
    const { expose, hold, ports, release, settled, switched } = await bench({ day: inFreeze });
    await expose(10);
    const clock = ports.clock as unknown as { runFor(ms: number): Promise<void> };
    await clock.runFor(3 * 86_400_000);
    await hold();
    expect(settled).toEqual([['T', { resolution: 'unblocked' }]]);
    expect((await release()).phases[phase]?.status).toBe('open');
    expect(await expose(10)).toEqual({ held: false });
    expect(switched).toContain('10 %');
  });
});

describe('a critical incident', () => {
  const incident = 'build.1.drafts';
  const by = (userId: string, ...roles: readonly string[]) => ({ actor: { userId, roles }, releaseId });
  const begun: readonly Fact[] = [{ type: 'exposure.changed', ...inPhase, from: 0, to: 10 }, grave];
  const override = (ports: Ports, userId: string) =>
    handlerOf(
      overrideIncident,
      ports,
    )({
      ...by(userId, 'operator'),
      phase,
      incident,
      comment: 'only the demo account',
    });

  it('is overridden by two people, one of whom with two roles is one', async () => {
    const { ports, expose, switched } = await bench({ facts: [grave] });
    await override(ports, 'ada');
    await override(ports, 'ada');
    expect(await expose(10)).toEqual({ held: true });
    await override(ports, 'bob');
    const { phases, incidents } = await ports.releases.load(releaseId);
    expect(incidents[incident]?.override).toMatchObject({ askedBy: 'ada', grantedBy: 'bob' });
    // It goes on by itself: the hold was waiting for this.
    expect(phases[phase]?.status).toBe('open');
    expect(await expose(10)).toEqual({ held: false });
    expect(switched).toContain('10 %');
  });

  it.each([
    ['that is over', { type: 'incident.resolved', incident, by: 'ada' }, incident],
    ['of a severity that stops nothing', undefined, 'build.1.gate'],
  ] as const)('cannot be overridden when it is one %s', async (_title, over, which) => {
    const { ports } = await bench({ facts: [grave, ...(over ? [over] : [])] });
    const asked = { ...by('ada', 'operator'), phase, incident: which, comment: 'known' };
    await expect(handlerOf(overrideIncident, ports)(asked)).rejects.toMatchObject({
      refusal: { code: 'incident-stops-nothing' },
    });
  });

  it('offers who acknowledges it the rollback that the plan names for its severity', async () => {
    const { ports } = await bench({ facts: begun });
    const asked = { ...by('ada', 'operator'), incident };
    expect(await handlerOf(acknowledgeIncident, ports)(asked)).toEqual({ offered: { level: 'full', phase } });
  });

  it('is closed as a false alarm by who answers for its gate, and with a reason', async () => {
    const { ports, release } = await bench({ facts: begun });
    const close = (userId: string, role: string, comment: string) =>
      handlerOf(resolveIncident, ports)({ ...by(userId, role), incident, falseAlarm: true, comment });
    await expect(close('eve', 'release-manager', 'a test account')).rejects.toMatchObject({
      name: 'NotPermitted',
    });
    await expect(close('ada', 'operator', ' ')).rejects.toMatchObject({
      refusal: { code: 'false-alarm-without-comment' },
    });
    await close('ada', 'operator', 'a test account');
    const { incidents, tasks } = await release();
    expect(incidents[incident]).toMatchObject({ status: 'resolved', falseAlarm: true });
    expect(tasks).toEqual({});
  });
});

describe('what the system has opened about an alarm', () => {
  const incident = 'build.1.alarm-errors';
  const title = { code: 'alarm', params: { phase, alarm: 'errors' } } as const;
  const rings: Fact = { type: 'incident.opened', ...inPhase, incident, severity: 'critical', title };
  const silent = (ports: Ports, alarmName: string, time = '2025-03-09T08:00:00Z') =>
    handlerOf(
      alarm,
      ports,
    )({
      'detail-type': 'CloudWatch Alarm State Change',
      time,
      detail: { alarmName, state: { value: 'OK' } },
    });

  it('closes by itself when the alarm is silent again, and says that nobody did it', async () => {
    const { ports, release, settled } = await bench({ facts: [rings] });
    const token = 'token of the call';
    await ports.waits.arm({
      releaseId,
      phase: incident,
      attempt: 3,
      kind: 'acknowledgement',
      token,
      waitId: 'call',
      armedAt: '2025-03-05T09:00:00.000Z',
      reference: incident,
    });
    await silent(ports, 'another');
    // Late: it was silent before it rang.
    await silent(ports, 'errors', '2025-03-01T08:00:00Z');
    expect((await release()).incidents[incident]?.status).toBe('open');
    await silent(ports, 'errors');
    const [closed] = (await ports.releases.history(releaseId, 0, 100)).flatMap(({ fact }) =>
      fact.type === 'incident.resolved' ? [fact] : [],
    );
    expect(closed).toEqual({ type: 'incident.resolved', incident });
    expect(settled).toEqual([[token, { outcome: 'acknowledged' }]]);
  });

  it('does not close what a person has reported', async () => {
    const { ports, release } = await bench({ facts: [{ ...rings, by: 'ada' }] });
    await silent(ports, 'errors');
    expect((await release()).incidents[incident]?.status).toBe('open');
  });
});

describe('the answer to a hold', () => {
  const held: Fact = { type: 'phase.held', ...inPhase, from: 'exposure' };
  it.each([
    ['observe', 'answer-impossible', /leads nowhere.*expose, correct/],
    ['gate', 'answer-impossible', /leads nowhere.*expose, correct/],
  ])('%s is refused before users have access', async (resolution, _code, says) => {
    const { answer } = await bench({ facts: [held] });
    await expect(answer(resolution)).rejects.toThrow(says);
  });

  it.each(blocked)(
    'expose is refused under %s, and everything that goes back is taken',
    async (_title, changes, because) => {
      const { answer, settled } = await bench({ ...changes, facts: [...(changes.facts ?? []), held] });
      await expect(answer('expose')).rejects.toMatchObject({
        refusal: { code: 'answer-held-back', params: { because } },
      });
      await answer('correct');
      expect(settled).toEqual([['token of hold', { resolution: 'correct' }]]);
    },
  );

  it.each(['observe', 'gate'])('%s is taken once users have access', async (resolution) => {
    const { answer, settled } = await bench({
      facts: [{ type: 'exposure.changed', ...inPhase, from: 0, to: 10 }, held],
    });
    await answer(resolution);
    expect(settled).toEqual([['token of hold', { resolution }]]);
  });
});

describe('an announcement on its way', () => {
  const campaign = `${releaseId}.due`;
  const sending: readonly Fact[] = [
    { type: 'message.planned', message: 'due', dueAt: '2025-03-05T09:00:00.000Z', epoch: 1 },
    { type: 'message.sending', message: 'due', campaign },
  ];
  const job = { kind: 'send', releaseId, message: 'due', campaign, people: [personOf('u0000001')] };
  const batch = { Records: [{ messageId: 'm', body: JSON.stringify(job) }] };
  const run = async (changes: Changes) => {
    const mails: string[] = [];
    const made = await bench({
      ...changes,
      ports: {
        mailer: {
          send: async ({ to }) => {
            mails.push(to);
            return { messageId: '1' };
          },
        },
      },
    });
    await handlerOf(mailJob, made.ports)(batch);
    return { ...made, mails, tally: await made.ports.campaigns.tally(campaign) };
  };

  it('stands still while the release is paused, and nobody is given up', async () => {
    const { mails, queued, tally } = await run({ facts: [...sending, paused] });
    expect(mails).toEqual([]);
    expect(queued).toEqual([[[job], 900]]);
    expect(tally).toMatchObject({ sent: 0, failed: 0 });
  });

  it('ends for those who have not been told of a version that turned out bad', async () => {
    const { mails, queued, tally } = await run({ facts: [...sending, bad] });
    expect(mails).toEqual([]);
    expect(queued).toEqual([]);
    expect(tally).toMatchObject({ sent: 0, failed: 1 });
  });

  it('goes in a freeze that does not name announcements', async () => {
    const { mails } = await run({ facts: sending, day: inFreeze });
    expect(mails).toHaveLength(1);
  });
});
