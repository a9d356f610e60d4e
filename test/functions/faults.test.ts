/** Services that fail for a while and people who contradict each other: what a release manager must be able to trust. */

import { beforeEach, describe, expect, it } from 'vitest';
import { openIncident } from '#application/incidents.ts';
import { notify } from '#application/notify.ts';
import type { Ports } from '#application/ports/ports.ts';
import { NotAllowedNow } from '#domain/errors.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { readScenario } from '#rehearsal/scenario.ts';
import type { World } from '#rehearsal/world/world.ts';
import { rehearsalOf } from '#test/rehearsal/run.ts';
import { personOf } from '#test/support/hashed.ts';
import { busy } from '#test/support/refusals.ts';
import { lead, quietWorld, release } from '#test/support/world.ts';

const { releaseId } = release;
let world: World;
const facts = () => world.releases.ledger(releaseId).map(({ fact }) => fact);

beforeEach(async () => {
  world = quietWorld();
  await world.start(release);
});
const until = (happened: () => boolean) => world.clock.runUntil(happened);
const gateIsOpen = () => world.releases.peek(releaseId)?.gates['preparation#1'] !== undefined;

describe('people who contradict each other', () => {
  const said = (comment: string) => ({
    actor: lead,
    releaseId,
    phase: 'preparation',
    role: 'project-lead',
    comment,
  });

  it('the newest word of a person counts: an approval may be taken back', async () => {
    await until(gateIsOpen);
    await world.delivery.invoke('approve-gate', said('approve'));
    await world.delivery.invoke('reject-gate', said('reject'));
    expect(facts().filter(({ type }) => type === 'gate.decided')).toEqual([
      expect.objectContaining({
        outcome: 'correct',
        reason: {
          severity: 'critical',
          cause: {
            code: 'rejected',
            params: { role: 'project-lead', by: expect.any(String), comment: 'reject' },
          },
        },
      }),
    ]);
  });

  it('a comment as long as is allowed stays a comment', async () => {
    await until(gateIsOpen);
    await world.delivery.invoke('reject-gate', said('x'.repeat(2000)));
    await until(() => world.releases.peek(releaseId)?.phases['preparation']?.status === 'closed');
    expect(world.releases.peek(releaseId)?.phases['preparation']?.outcome).toBe('correct');
  });

  it('who starts a release is who asks for it', async () => {
    const other = quietWorld();
    const { startedBy, ...asked } = release;
    const foreign = { actor: lead, ...asked, startedBy: 'somebody-else' };
    await expect(other.delivery.invoke('start-release', foreign)).rejects.toMatchObject({
      name: 'InvalidInput',
    });
    await other.delivery.invoke('start-release', { actor: lead, ...asked });
    expect(other.engine.executions().map(({ input }) => input)).toEqual([{ ...asked, startedBy }]);
  });
});

describe('a service that is down', () => {
  const down = () => Promise.reject(busy());
  const log: string[] = [];
  const partial = (ports: Partial<Ports>) =>
    ({
      clock: world.clock,
      releases: world.releases,
      log: { write: (code: string) => void log.push(code) },
      sha256,
      sayRefusal,
      ...ports,
    }) as Ports;

  const escalations = { start: down } as unknown as Ports['escalations'];
  const incident = {
    phase: 'preparation',
    attempt: 1,
    cause: 'test',
    severity: 'critical',
    title: { code: 'no-look', params: {} },
  } as const;

  it('an incident that cannot be called is in the ledger, and holds nothing up', async () => {
    await until(gateIsOpen);
    await openIncident(partial({ escalations }), releaseId, 'system:test', incident);
    expect(world.releases.peek(releaseId)?.incidents['preparation.1.test']?.status).toBe('open');
    expect(log).toContain('INCIDENT_NOT_CALLED');
    await world.delivery.invoke('reconcile', {});
    expect(world.engine.executions().map(({ name }) => name)).toContain(`${releaseId}_preparation_1_test`);
  });

  describe('a ladder that broke', () => {
    const ladders = () => world.engine.executions().filter(({ name }) => name.includes('_test'));
    const breakLast = () => {
      const last = ladders().at(-1);
      if (last) world.engine.stop(last);
    };

    beforeEach(async () => {
      await until(gateIsOpen);
      await openIncident(partial({ escalations }), releaseId, 'system:test', incident);
      await world.delivery.invoke('reconcile', {});
    });

    it('is climbed again within the hour, and only while the incident is open', async () => {
      await world.delivery.invoke('reconcile', {});
      expect(ladders()).toHaveLength(1);
      breakLast();
      await world.delivery.invoke('reconcile', {});
      expect(ladders().map(({ name, status }) => [name, status])).toEqual([
        [`${releaseId}_preparation_1_test`, 'ABORTED'],
        [`${releaseId}_preparation_1_test__2`, 'RUNNING'],
      ]);
      breakLast();
      const command = { actor: lead, releaseId, incident: 'preparation.1.test' };
      await world.delivery.invoke('acknowledge-incident', command);
      await world.delivery.invoke('reconcile', {});
      expect(ladders()).toHaveLength(2);
    });

    it('is not climbed for ever: operators are told', async () => {
      for (let nth = 1; nth <= 6; nth += 1) {
        breakLast();
        await world.delivery.invoke('reconcile', {});
      }
      expect(ladders()).toHaveLength(5);
      const told = world.logs
        .filter(({ code }) => code === 'INCIDENT_NOT_CALLED')
        .map(({ fields }) => fields);
      expect(told).toContainEqual({
        releaseId,
        incident: 'preparation.1.test',
        why: expect.stringContaining('broke 5 times'),
      });
    });
  });

  it('a notice that cannot be sent throws nothing', async () => {
    await notify(partial({ notifier: { notify: down } }), {
      releaseId,
      kind: 'gate',
      about: 'staging',
      roles: ['qa'],
      subject: '',
      text: '',
    });
    expect(log).toContain('NOT_NOTIFIED');
  });
});

describe('after the end', () => {
  it('an execution that outlived its release cannot write', async () => {
    await until(gateIsOpen);
    await world.delivery.invoke('abort-release', { actor: lead, releaseId, reason: '' });
    const late = { contract: 1, releaseId, phase: 'staging', attempt: 1 };
    await expect(world.delivery.invoke('open-phase', late)).rejects.toBeInstanceOf(NotAllowedNow);
  });

  it('mail that was queued before a rollback is not sent after it', async () => {
    const { world: after, release: ended } = await rehearsalOf({
      scenario: readScenario('error-rate-at-10'),
      users: 600,
    });
    const job = {
      releaseId: ended.id,
      message: 'launch',
      campaign: 'late',
      kind: 'send',
      people: [personOf('u0000001')],
    };
    await after.delivery.invoke('mail-job', { Records: [{ messageId: 'm', body: JSON.stringify(job) }] });
    expect(after.mailboxes.readers('late').size).toBe(0);
    expect(await after.campaigns.tally('late')).toMatchObject({ sent: 0, failed: 1 });
  });
});

describe('an undo script that fails', () => {
  it('calls people and says that the rollback failed', async () => {
    const scenario = readScenario('error-rate-at-10');
    const script = {
      kind: 'script',
      script: 'rollback-full',
      phase: 'production-10',
      times: 5,
      summary: 'disk full',
    } as const;
    const { entries, release: ended } = await rehearsalOf({
      scenario: { ...scenario, troubles: [...scenario.troubles, script] },
    });
    expect(ended.status).toBe('rollback-failed');
    const incidents = entries.flatMap(({ fact }) => (fact.type === 'incident.opened' ? [fact.incident] : []));
    expect(incidents).toEqual(['production-10.1.rollback', 'production-10.1.rollback-failed']);
  });
});
