/** What SES says of mails: ours by their tags, everybody else's left alone, and nothing lost. */

import { describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { encodeTag } from '#functions/contracts/mail-tags.ts';
import { mailEvent } from '#functions/events/mail-event.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { personOf } from '#test/support/hashed.ts';

function bench() {
  const marked: unknown[] = [];
  const logged: unknown[] = [];
  const campaigns = {
    mark: async (...given: readonly unknown[]) => void marked.push(given),
    // Not listed to its end: the campaign is not over, whatever was said of its mails.
    tally: async () => ({ sent: 0, failed: 0, declined: 0 }),
  };
  const ports = {
    campaigns,
    log: { write: (...entry: readonly unknown[]) => void logged.push(entry) },
    sha256,
    sayRefusal,
  };
  return { call: handlerOf(mailEvent, ports as unknown as Ports), marked, logged };
}
const person = personOf('ada@example.org');
const tags = { release: 'r1', message: 'launch', campaign: 'r1.launch.j+0', person };
const asSent = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [encodeTag(value)]]));
/** SES developer guide, "Examples of event data that Amazon SES sends to EventBridge". */
const event = (type: string, mailTags: object = asSent) => ({
  version: '0',
  source: 'aws.ses',
  'detail-type': type,
  detail: {
    eventType: 'x',
    mail: { messageId: '0102', tags: { 'ses:configuration-set': ['m'], ...mailTags } },
  },
});
const batch = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
});

describe('an event of SES', () => {
  it('finds its recipient by tags that SES had to have encoded', async () => {
    const { call, marked } = bench();
    await call(batch(event('Email Delivered'), event('Email Bounced')));
    expect(marked).toEqual([
      [tags.campaign, tags.person, 'delivered'],
      [tags.campaign, tags.person, 'bounced'],
    ]);
  });

  it.each([
    ['of a kind that changes nothing', event('Email Delivery Delayed')],
    ['of a kind that SES will invent', event('Email Adored')],
    ['about mail of somebody else', event('Email Delivered', { campaign: undefined })],
    ['with a tag that nobody here encoded', event('Email Delivered', { ...asSent, person: ['ada@example'] })],
    ['of a person whom nobody here named so', event('Email Delivered', { ...asSent, person: ['ada'] })],
    ['with a tag given twice', event('Email Delivered', { ...asSent, person: [person, person] })],
  ])('%s is let go', async (_, one) => {
    const { call, marked } = bench();
    expect(await call(batch(one))).toEqual({ batchItemFailures: [] });
    expect(marked).toEqual([]);
  });

  it('that is no JSON comes back, for the dead letters, and holds up no other', async () => {
    const { call, marked, logged } = bench();
    expect(await call(batch('<html>', event('Email Sent')))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    expect(marked).toEqual([[tags.campaign, tags.person, 'sent']]);
    expect(logged).toEqual([['HANDLER_FAILED', expect.objectContaining({ messageId: 'm0' })]]);
  });
});
