/** What SES says of mails: ours by their tags, everybody else's left alone, and nothing lost. */

import { describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { encodeTag } from '#functions/contracts/mail-tags.ts';
import { mailEvent } from '#functions/events/mail-event.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { personOf } from '#test/support/hashed.ts';

const address = 'ada@example.org';

/** `has`: the address that the person has now. */
function bench(has = address) {
  const marked: unknown[] = [];
  const unreachable: unknown[] = [];
  const logged: unknown[] = [];
  const campaigns = {
    mark: async (...given: readonly unknown[]) => void marked.push(given),
    // Not listed to its end: the campaign is not over, whatever was said of its mails.
    tally: async () => ({ sent: 0, failed: 0, declined: 0 }),
  };
  const ports = {
    campaigns,
    audience: { members: async () => new Map([[person, { userId: 'ada', address: has }]]) },
    preferences: {
      unreachable: async (_person: string, why: string, of: string) => void unreachable.push([why, of]),
    },
    clock: { nowMs: () => 0 },
    log: { write: (...entry: readonly unknown[]) => void logged.push(entry) },
    sha256,
    sayRefusal,
  };
  return { call: handlerOf(mailEvent, ports as unknown as Ports), marked, unreachable, logged };
}
const person = personOf('ada@example.org');
const tags = { release: 'r1', message: 'launch', campaign: 'r1.launch.j+0', person };
const asSent = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [encodeTag(value)]]));
/** SES developer guide, "Examples of event data that Amazon SES sends to EventBridge". */
const event = (type: string, mailTags: object = asSent, more: object = {}, destination = [address]) => ({
  version: '0',
  source: 'aws.ses',
  'detail-type': type,
  detail: {
    eventType: 'x',
    mail: { messageId: '0102', destination, tags: { 'ses:configuration-set': ['m'], ...mailTags } },
    ...more,
  },
});
const delivered = (to: readonly string[], destination: string[] = [address]) =>
  event('Email Delivered', asSent, { delivery: { recipients: to } }, destination);
const bounced = (of: readonly string[], bounceType = 'Permanent', destination: string[] = [address]) =>
  event(
    'Email Bounced',
    asSent,
    {
      bounce: {
        bounceType,
        bounceSubType: 'General',
        bouncedRecipients: of.map((emailAddress) => ({ emailAddress, action: 'failed', status: '5.1.1' })),
      },
    },
    destination,
  );
const complained = (says: object, of: readonly string[] = [address], destination: string[] = [address]) =>
  event(
    'Email Complaint Received',
    asSent,
    { complaint: { complainedRecipients: of.map((emailAddress) => ({ emailAddress })), ...says } },
    destination,
  );
const dead = { batchItemFailures: [{ itemIdentifier: 'm0' }] };
const done = { batchItemFailures: [] };
const as = (status: string) => [[tags.campaign, tags.person, status]];
const batch = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m${index}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
});

describe('an event of SES', () => {
  it('finds its recipient by tags that SES had to have encoded', async () => {
    const { call, marked } = bench();
    await call(batch(delivered([address]), bounced([address])));
    expect(marked).toEqual([
      [tags.campaign, tags.person, 'delivered'],
      [tags.campaign, tags.person, 'bounced'],
    ]);
  });

  it.each([
    ['of a kind that changes nothing', event('Email Delivery Delayed')],
    ['of a kind that SES will invent', event('Email Adored')],
    ['about mail of somebody else', event('Email Delivered', {})],
  ])('that says nothing of our mails is let go: it is %s', async (_, one) => {
    const { call, marked, logged } = bench();
    expect(await call(batch(one))).toEqual(done);
    expect([marked, logged]).toEqual([[], []]);
  });

  it.each([
    ['without one of our tags', event('Email Delivered', { ...asSent, campaign: undefined })],
    ['with a tag that nobody here encoded', event('Email Delivered', { ...asSent, person: ['ada@example'] })],
    ['of a person whom nobody here named so', event('Email Delivered', { ...asSent, person: ['ada'] })],
    ['with a tag given twice', event('Email Delivered', { ...asSent, person: [person, person] })],
    ['of a bounce that says nothing of it', event('Email Bounced')],
    ['of a complaint without a person', event('Email Complaint Received', asSent, { complaint: {} })],
    ['without a mail', { 'detail-type': 'Email Sent', detail: {} }],
  ])('of ours %s goes to the dead letters, counted, never done', async (_, one) => {
    const { call, marked, logged } = bench();
    expect(await call(batch(one))).toEqual(dead);
    expect(marked).toEqual([]);
    expect(logged).toEqual([
      ['HANDLER_FAILED', expect.objectContaining({ error: 'InvalidInput', messageId: 'm0' })],
      ['EVENT_UNREADABLE', { handler: 'mail-event', messageId: 'm0' }],
    ]);
  });

  it('that is no JSON comes back, for the dead letters, and holds up no other', async () => {
    const { call, marked, logged } = bench();
    expect(await call(batch('<html>', event('Email Sent')))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    expect(marked).toEqual([[tags.campaign, tags.person, 'sent']]);
    expect(logged).toEqual([
      ['HANDLER_FAILED', expect.objectContaining({ messageId: 'm0' })],
      ['EVENT_UNREADABLE', { handler: 'mail-event', messageId: 'm0' }],
    ]);
  });
});

describe('a bounce', () => {
  it.each([
    ['for good ends mail to its address', 'Permanent', [['bounced', address]]],
    ['for now ends nothing', 'Transient', []],
    ['of which SES knows no more ends nothing', 'Undetermined', []],
  ])('says of its address what SES says: %s', async (_, type, ended) => {
    const { call, marked, unreachable } = bench();
    expect(await call(batch(bounced([address], type)))).toEqual(done);
    expect([marked, unreachable]).toEqual([as('bounced'), ended]);
  });

  it('is of the address that was written to, though the person has another one now', async () => {
    const { call, marked, unreachable } = bench('ada@new.example');
    await call(batch(bounced([address])));
    expect([marked, unreachable]).toEqual([as('bounced'), [['bounced', address]]]);
  });

  it('finds its address however it is written', async () => {
    const { call, unreachable } = bench();
    await call(batch(bounced(['Ada <ADA@example.org>'])));
    expect(unreachable).toEqual([['bounced', 'ADA@example.org']]);
  });
});

const bob = 'bob@example.org';

describe('what is said of another address', () => {
  it.each([
    ['a bounce', bounced([bob])],
    ['a bounce of nobody', bounced([])],
    ['a complaint', complained({}, [bob])],
    ['a delivery', delivered([bob])],
    ['a bounce of another of several recipients', bounced([bob], 'Permanent', [bob, address])],
    ['a complaint of another of several recipients', complained({}, [bob], [bob, address])],
  ])('marks nobody whom it does not name: %s', async (_, one) => {
    const { call, marked, unreachable, logged } = bench();
    expect(await call(batch(one))).toEqual(done);
    expect([marked, unreachable]).toEqual([[], []]);
    expect(logged).toEqual([['MAIL_EVENT_OF_OTHERS', expect.objectContaining({ person })]]);
  });

  it('among several recipients keeps nobody from being marked whom it names', async () => {
    const { call, marked, unreachable } = bench();
    await call(batch(bounced([bob, address], 'Permanent', [bob, address])));
    expect([marked, unreachable]).toEqual([as('bounced'), [['bounced', address]]]);
  });
});

/** SES developer guide, "Complaint object"; the types are those of the Internet Assigned Numbers Authority. */
describe('a complaint', () => {
  const ends = [['complained', address]];
  it.each([
    ['without a type', {}, as('complained'), ends],
    ['of no known type', { complaintFeedbackType: null, complaintSubType: null }, as('complained'), ends],
    ['"abuse"', { complaintFeedbackType: 'abuse' }, as('complained'), ends],
    ['"fraud"', { complaintFeedbackType: 'fraud' }, as('complained'), ends],
    ['"other"', { complaintFeedbackType: 'other' }, as('complained'), ends],
    ['"not-spam": it has arrived', { complaintFeedbackType: 'not-spam' }, as('delivered'), []],
    ['"auth-failure": of a program', { complaintFeedbackType: 'auth-failure' }, [], []],
    ['"virus": of a program', { complaintFeedbackType: 'virus' }, [], []],
    [
      'from before: it never left',
      { complaintSubType: 'OnAccountSuppressionList' },
      as('bounced'),
      [['bounced', address]],
    ],
  ])('ends mail to people only where it is theirs: %s', async (_, says, marks, ended) => {
    const { call, marked, unreachable } = bench();
    expect(await call(batch(complained(says)))).toEqual(done);
    expect([marked, unreachable]).toEqual([marks, ended]);
  });
});
