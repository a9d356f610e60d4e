/**
 * What is sent or started is recorded before. A process that dies between the two, or after, leaves an intention: who comes
 * next carries it out, nothing is lost, and what a person sees twice says so.
 */

import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Notice } from '#domain/mailing/notice.ts';
import { guardFails } from '#domain/plan/message-dates.ts';
import { quoted } from '#domain/quoted.ts';
import { waitIdOf } from '#domain/rules/wait.ts';
import { openIncident } from '#functions/api/open-incident.ts';
import { dateReached } from '#functions/events/date-reached.ts';
import { importAudience } from '#functions/events/import-audience.ts';
import { reconcile } from '#functions/events/reconcile.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { exposeUsers } from '#functions/steps/expose-users.ts';
import { runScript } from '#functions/steps/run-script.ts';
import { MemoryUploads } from '#rehearsal/world/uploads.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { eachDeath, lambdaWaitsMs, never, stepWaitsMs } from '#test/support/dying.ts';
import { message } from '#test/support/plans.ts';

const { releaseId, phase } = crowded;

/**
 * The release of `crowdedRelease`, to which these facts have happened too: what was told of it, which scripts were started and
 * which access given, and what its ledger says.
 */
const scene = (...facts: readonly Fact[]) => sceneOn(6, ...facts);

/** Days since its phase has begun. */
async function sceneOn(day: number, ...facts: readonly Fact[]) {
  const notices: Notice[] = [];
  const runs: string[] = [];
  const exposures: number[] = [];
  const escalations: string[] = [];
  const uploads = new MemoryUploads();
  const ports = await crowdedRelease({
    facts,
    day,
    ports: {
      notifier: {
        notify: async (notice) => {
          notices.push(notice);
          return { told: notice.roles };
        },
      },
      scripts: {
        start: async ({ marker }) => {
          if (!runs.includes(marker)) runs.push(marker);
          return { command: `command-of-${marker}` };
        },
        describe: async () => ({ marker: '', status: 'running', exitCode: -1, summary: quoted('') }),
      },
      exposure: {
        set: async (_release, percent) => void exposures.push(percent),
        withdraw: async () => true,
        switch: async () => {},
      },
      escalations: {
        start: async (name) => {
          escalations.push(name);
          return { executionArn: name, taken: false };
        },
      },
      uploads,
    },
  });
  const told = async () => {
    const release = await ports.releases.load(releaseId);
    const history = await ports.releases.history(releaseId, 0, 1000);
    return { notices, runs, exposures, escalations, release, facts: history.map(({ fact }) => fact) };
  };
  return { ports, told, uploads };
}
const of = <T extends Fact['type']>(facts: readonly Fact[], type: T) =>
  facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);

describe('a report', () => {
  const due = {
    type: 'report.planned',
    report: 'status',
    dueAt: '2025-03-07T15:30:00.000Z',
    epoch: 1,
  } as const;
  const event = { kind: 'report', releaseId, report: 'status', epoch: 1 } as const;

  it('is told, and recorded once; where it may come twice the second says so', async () => {
    const ends = await eachDeath(dateReached, event, lambdaWaitsMs, () => scene(due));
    for (const { notices, facts } of ends) {
      expect(of(facts, 'report.sent')).toEqual([
        { type: 'report.sent', report: 'status', dueAt: due.dueAt, told: ['operator'] },
      ]);
      expect(of(facts, 'report.planned')).toHaveLength(2);
      const again = of(facts, 'report.sending').map((fact) => fact.again === true);
      expect(again.slice(0, -1)).toEqual(again.slice(1).map(() => false));
      expect(notices.length).toBeGreaterThan(0);
      expect(notices.length).toBeLessThanOrEqual(again.length);
      expect(notices.map(({ subject }) => subject.startsWith('Sent again: '))).toEqual(
        again.slice(again.length - notices.length),
      );
      if (again.at(-1)) expect(notices.at(-1)?.text).toContain('you may have this report already');
    }
    expect(ends.some(({ notices }) => notices.length === 2)).toBe(true);
    expect(ends.at(-1)?.notices).toHaveLength(1);
  });

  it('whose date comes twice at once is told once', async () => {
    const { ports, told } = await scene(due);
    await Promise.all([dateReached.run(event, ports), dateReached.run(event, ports)]);
    const { notices, facts } = await told();
    expect(notices).toHaveLength(1);
    expect(of(facts, 'report.sent')).toHaveLength(1);
  });
});

describe('a reminder', () => {
  const wake = (kind: 'gate' | 'checklist') =>
    ({ kind: 'wait', releaseId, waitId: waitIdOf(phase, crowded.attempt, kind), epoch: 1 }) as const;

  it.each([
    ['that the gate still waits', 'gate', 'gate.reminded', 0.03],
    ['that the checklist is late', 'checklist', 'phase.late', 6],
  ] as const)('is told whenever its handler died, and recorded once: %s', async (_, kind, fact, day) => {
    const ends = await eachDeath(dateReached, wake(kind), lambdaWaitsMs, () => sceneOn(day));
    for (const { notices, facts } of ends) {
      expect(of(facts, fact)).toHaveLength(1);
      expect(notices.length).toBeGreaterThan(0);
      expect(new Set(notices.map(({ subject }) => subject)).size).toBe(1);
    }
    expect(ends.at(-1)?.notices).toHaveLength(1);
  });
});

describe('a script', () => {
  const attempt = 2;
  const opened = { type: 'phase.opened', phase, attempt } as const;
  const event = { contract: 1, releaseId, phase, attempt, token: 't', script: 'deploy' };
  const marker = `${releaseId}/${phase}.${attempt}.script.deploy`;
  const starting = { type: 'script.starting', phase, attempt, script: 'deploy', run: 'deploy' };

  it('is intended once, started once and awaited, whenever its handler died', async () => {
    const ends = await eachDeath(runScript, event, stepWaitsMs, () => scene(opened));
    for (const { runs, facts, release } of ends) {
      expect(runs).toEqual([marker]);
      expect(of(facts, 'script.starting')).toEqual([starting]);
      expect(of(facts, 'script.started').slice(1)).toEqual([
        {
          type: 'script.started',
          phase,
          attempt,
          script: 'deploy',
          command: `command-of-${marker}`,
          installs: true,
        },
      ]);
      expect(release.scripts[`command-of-${marker}`]?.status).toBe('running');
    }
    expect(ends.length).toBeGreaterThan(8);
  });

  it('that nobody comes back to has left its intention in the ledger', async () => {
    const ends = await eachDeath(runScript, event, never, () => scene(opened));
    for (const { runs, facts } of ends) {
      if (runs.length > 0) expect(of(facts, 'script.starting')).toEqual([starting]);
    }
    expect(
      ends.filter(({ runs, facts }) => runs.length > of(facts, 'script.started').length - 1),
    ).not.toEqual([]);
  });
});

describe('access', () => {
  const given = { type: 'exposure.changed', phase, attempt: 1, from: 0, to: 10 } as const;
  const to = (percent: number) => ({ contract: 1, releaseId, phase, attempt: 1, percent });

  it('is given, recorded once, and told to those who hear of it', async () => {
    const ends = await eachDeath(exposeUsers, to(10), stepWaitsMs, () => scene());
    for (const { exposures, facts, notices, release } of ends) {
      expect(exposures.length).toBeGreaterThan(0);
      expect(new Set(exposures)).toEqual(new Set([10]));
      expect(of(facts, 'exposure.changing')).toEqual([{ ...given, type: 'exposure.changing' }]);
      expect(of(facts, 'exposure.changed')).toEqual([given]);
      expect(release).toMatchObject({ exposure: 10, exposing: 10 });
      // The same twice says the same: how many have access.
      expect([1, 2]).toContain(notices.length);
      expect(new Set(notices.map(({ subject }) => subject)).size).toBe(1);
    }
    expect(ends.at(-1)?.notices).toHaveLength(1);
  });

  it('that may have been given is something to undo, though nobody comes back', async () => {
    const ends = await eachDeath(exposeUsers, to(10), never, () => scene());
    for (const { exposures, facts, release } of ends) {
      if (exposures.length === 0) continue;
      expect(of(facts, 'exposure.changing')).toHaveLength(1);
      expect(release.exposing).toBe(10);
    }
    expect(ends.some(({ release }) => release.exposing === 10 && release.exposure === 0)).toBe(true);
  });

  it('that may have been taken away is announced to nobody, though nobody comes back', async () => {
    const announcement = message('access', { date: { day: 0, time: '10:00' }, guard: { exposureMin: 10 } });
    const ends = await eachDeath(exposeUsers, to(0), never, () => scene(given));
    for (const { exposures, release } of ends)
      expect(guardFails(announcement, release) === undefined).toBe(
        exposures.length === 0 && release.exposing === undefined,
      );
    expect(ends.some(({ release, exposures }) => release.exposure === 10 && exposures.length > 0)).toBe(true);
  });
});

describe('an incident', () => {
  const asked = {
    actor: { userId: 'ada', roles: ['operator'] },
    releaseId,
    severity: 'user',
    title: 'mails are slow',
  };

  it.each([
    ['who reports it tries again', stepWaitsMs],
    ['the reconciler sees it', never],
  ])('is one, and somebody is called about it: %s', async (_who, waitMs) => {
    const ends = await eachDeath(openIncident, asked, waitMs, async () => {
      const { ports, told } = await scene();
      const after = async () => {
        await handlerOf(reconcile, ports)({});
        return told();
      };
      return { ports, told: after };
    });
    for (const { facts, escalations } of ends) {
      const opened = of(facts, 'incident.opened').filter(
        ({ title }) => title.code === 'reported' && title.params.words === asked.title,
      );
      // The same name is the same escalation.
      const called = new Set(escalations.filter((name) => name.includes('reported')));
      expect(opened.length).toBe(called.size);
      if (waitMs === never) expect(opened.length).toBeLessThanOrEqual(1);
      else expect(opened).toHaveLength(1);
    }
    expect(ends.length).toBeGreaterThan(3);
  });
});

describe('an upload', () => {
  const upload = { key: 'users.csv', etag: 'e' };
  const lines = Array.from({ length: 30 }, (_, nth) => `n-${nth},n${nth}@example.org`);
  const detail = { object: { ...upload, sequencer: '0A' } };
  const body = JSON.stringify({ 'detail-type': 'Object Created', time: '2025-03-09T08:00:00Z', detail });

  it('is the audience, whole, and says so', async () => {
    const ends = await eachDeath(
      importAudience,
      { Records: [{ messageId: 'm', body }] },
      lambdaWaitsMs,
      async () => {
        const { ports, uploads } = await scene();
        uploads.put(upload, ['userId,email', ...lines].join('\n'));
        const told = async () => ({
          people: await ports.audience.count({ exposed: 100 }),
          report: uploads.reports.get(upload.key),
        });
        return { ports, told };
      },
    );
    for (const { people, report } of ends) {
      expect(people).toBe(lines.length);
      expect(report).toMatchObject({ outcome: 'imported', people: lines.length });
    }
    expect(ends.length).toBeGreaterThan(5);
  });
});
