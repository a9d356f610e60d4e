/** The sender: what it does with a job that it cannot read, a mail that is refused, and a service that is busy. */

import { describe, expect, it } from 'vitest';
import type { Mailer } from '#application/ports/mail.ts';
import type { Ports } from '#application/ports/ports.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import { mailJob } from '#functions/events/mail-job.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { templatesFor } from '#mails/library.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { SimulatedLinks } from '#rehearsal/world/feedback.ts';
import { MemoryCampaignStore } from '#rehearsal/world/mail.ts';
import { Population } from '#rehearsal/world/users.ts';
import { wording } from '#rehearsal/world/wording.ts';
import { admitted } from '#test/support/builders.ts';
import { personOf, record } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { busy, refusedMail } from '#test/support/refusals.ts';

const plan = readPlanForTest('technicia');
const users = 30;
const live = record('r1', [admitted], { at: '2025-05-18T08:00:00.000Z', actor: 'user:lead' }).next;
const ada = personOf('u0000001');
const campaign = 'r1.launch';

function bench(send: Mailer['send'] = async () => ({ messageId: '1' }), exposure = 10) {
  const logged: string[] = [];
  const mails: Mail[] = [];
  const campaigns = new MemoryCampaignStore();
  const audience = new Population(plan.product, users);
  const ports = {
    plan,
    campaigns,
    audience,
    templates: templatesFor(plan),
    ...wording,
    links: new SimulatedLinks('key'),
    mailer: {
      send: (mail: Mail) => {
        mails.push(mail);
        return send(mail);
      },
    },
    mailQueue: { enqueue: async () => {} },
    clock: { nowMs: () => Date.parse('2025-05-18T09:00:00Z') },
    log: { write: (code: string) => void logged.push(code) },
    sha256,
    sayRefusal,
    releases: { load: async () => ({ ...live, exposure }) },
  };
  const call = handlerOf(mailJob, ports as unknown as Ports);
  return { call, logged, mails, campaigns, audience, tally: () => campaigns.tally(campaign) };
}
const job = (...people: readonly string[]) =>
  JSON.stringify({ kind: 'send', releaseId: 'r1', message: 'launch', campaign, people });
const batch = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
});
const done = { batchItemFailures: [] };
const again = { batchItemFailures: [{ itemIdentifier: 'm0' }] };

describe('the sender', () => {
  it('writes to each person of a job, at their address, under a name that says nothing about them', async () => {
    const { call, mails, tally } = bench();
    expect(await call(batch(job(ada, personOf('u0000002'))))).toEqual(done);
    expect(mails.map(({ to }) => to)).toEqual(['u0000001@users.example', 'u0000002@users.example']);
    expect(mails[0]).toMatchObject({
      subject: 'Technicia est à vous dès aujourd’hui',
      tags: { release: 'r1', message: 'launch', campaign, person: ada },
    });
    expect(JSON.stringify(mails[0]?.tags)).not.toContain('u0000001');
    expect(await tally()).toEqual({ sent: 2, failed: 0, declined: 0 });
  });

  it.each([
    ['no JSON', '<html>'],
    ['JSON of another shape', '{"releaseId":"r1"}'],
    ['a message that the plan has not', job(ada).replace('"launch"', '"lunch"')],
    ['a user in place of a person', job('u0000001')],
  ])('gives back a job that is %s, and works on the next', async (_, broken) => {
    const { call, logged, tally } = bench();
    expect(await call(batch(broken, job(ada)))).toEqual(again);
    expect(logged[0]).toBe('HANDLER_FAILED');
    expect(await tally()).toMatchObject({ sent: 1 });
  });

  it('lists a refused mail as failed: certain, final, and no reason to come again', async () => {
    const { call, logged, tally } = bench(() => Promise.reject(refusedMail()));
    expect(await call(batch(job(ada)))).toEqual(done);
    expect(logged).toEqual(['MAIL_REFUSED']);
    expect(await tally()).toMatchObject({ failed: 1 });
  });

  it('gives the claim back, leaves the others alone and comes again when SES is busy', async () => {
    const { call, mails, campaigns } = bench(() => Promise.reject(busy('SES')));
    expect(await call(batch(job(ada, personOf('u0000002'))))).toEqual(again);
    expect(mails).toHaveLength(1);
    expect(await campaigns.claim(campaign, ada, 0)).toBe(true);
  });

  it('never sends again what may have left', async () => {
    const { call, logged, mails, tally } = bench(() => Promise.reject(new Error('the line was cut')));
    expect(await call(batch(job(ada)))).toEqual(done);
    expect(await call(batch(job(ada)))).toEqual(done);
    expect(mails).toHaveLength(1);
    expect(logged).toEqual(['MAIL_UNCERTAIN']);
    expect(await tally()).toMatchObject({ failed: 1 });
  });

  it('lists those whom nobody knows any more, without writing to anybody', async () => {
    const { call, mails, tally } = bench();
    expect(await call(batch(job(personOf('erased'))))).toEqual(done);
    expect(mails).toEqual([]);
    expect(await tally()).toEqual({ sent: 0, failed: 0, declined: 1 });
  });

  it('writes no announcement to who wants none, and nothing to who cannot be reached', async () => {
    const { call, mails, audience, tally } = bench();
    const [bob, eve, ivy] = ['u0000002', 'u0000003', 'u0000004'].map(personOf) as [string, string, string];
    await audience.optOut(ada, 1);
    await audience.unreachable(bob, 'bounced', 'u0000002@users.example');
    await audience.unreachable(eve, 'complained', 'u0000003@users.example');
    expect(await call(batch(job(ada, bob, eve, ivy)))).toEqual(done);
    expect(mails.map(({ to }) => to)).toEqual(['u0000004@users.example']);
    expect(await tally()).toEqual({ sent: 1, failed: 0, declined: 3 });
  });

  it('sends nothing that is no longer true', async () => {
    const { call, mails, tally } = bench(undefined, 0);
    expect(await call(batch(job(ada)))).toEqual(done);
    expect(mails).toEqual([]);
    expect(await tally()).toMatchObject({ failed: 1 });
  });
});
