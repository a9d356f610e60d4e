/** The sender: what it does with a job that it cannot read, a mail that is refused, and a service that is busy. */
import { describe, expect, it } from 'vitest';
import { MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import type { Mailer, Ports } from '#domain/ports.ts';
import { mailJob } from '#functions/events/mail-job.ts';
import { handlerOf } from '#functions/runtime/handler.ts';

function bench(send: Mailer['send']) {
  const told: unknown[] = [];
  const campaigns = {
    claim: async () => true,
    release: async (...given: readonly unknown[]) => void told.push(['given back', ...given]),
    mark: async (...given: readonly unknown[]) => void told.push(given),
    tally: async () => ({ sent: 0, failed: 0 }),
  };
  const ports = {
    campaigns,
    mailer: { send },
    clock: { nowMs: () => 0 },
    log: { write: (code: string) => void told.push(code) },
    plan: { messages: [{ id: 'launch', subject: 'S', content: 'C', guard: {} }] },
    releases: { load: async () => ({ id: 'r1', status: 'active', phases: {}, exposure: 10 }) },
  };
  return { call: handlerOf(mailJob, ports as unknown as Ports), told };
}
const job = (userId: string) =>
  JSON.stringify({
    releaseId: 'r1',
    message: 'launch',
    campaign: 'c',
    recipients: [{ userId, address: `${userId}@example.org` }],
  });
const batch = (...bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })),
});

describe('the sender', () => {
  it.each([
    ['no JSON', '<html>'],
    ['JSON of another shape', '{"releaseId":"r1"}'],
    ['a message that the plan has not', job('ada').replace('"launch"', '"lunch"')],
  ])('gives back a job that is %s, and works on the next', async (_, broken) => {
    const { call, told } = bench(async () => ({ messageId: '1' }));
    expect(await call(batch(broken, job('ada')))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(told).toEqual(['HANDLER_FAILED', ['c', 'ada', 'sent']]);
  });

  it('lists a refused mail as failed: certain, final, and no reason to come again', async () => {
    const { call, told } = bench(() => Promise.reject(new MailRefused('the address is none')));
    expect(await call(batch(job('ada')))).toEqual({ batchItemFailures: [] });
    expect(told).toEqual(['MAIL_REFUSED', ['c', 'ada', 'failed']]);
  });

  it('gives the claim back and comes again when SES is busy', async () => {
    const { call, told } = bench(() => Promise.reject(new ServiceUnavailable('busy')));
    expect(await call(batch(job('ada')))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(told).toEqual([['given back', 'c', 'ada']]);
  });

  it('never sends again what may have left', async () => {
    const { call, told } = bench(() => Promise.reject(new Error('the line was cut')));
    expect(await call(batch(job('ada')))).toEqual({ batchItemFailures: [] });
    expect(told).toEqual(['MAIL_UNCERTAIN', ['c', 'ada', 'unknown']]);
  });
});
