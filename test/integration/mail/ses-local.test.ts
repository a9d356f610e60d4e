/** The real SES client before a server that speaks SES's protocol: what arrives is what Technicia's people read. */

import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { SESClient } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import type { Member } from '#domain/audience/person.ts';
import { quoted } from '#domain/quoted.ts';
import { hmacLinks } from '#functions/adapters/links/links.ts';
import { sesMailer } from '#functions/adapters/ses/mailer.ts';
import { pacedMailer } from '#functions/adapters/ses/paced-mailer.ts';
import { mailJob } from '#functions/events/mail-job.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { templatesFor } from '#mails/library.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { MemoryCampaignStore } from '#rehearsal/world/mail.ts';
import { wording } from '#rehearsal/world/wording.ts';
import { releaseAfter } from '#test/support/builders.ts';
import { freePort } from '#test/support/free-port.ts';
import { personOf } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';

// CommonJS with a default export: Node and the bundler of the tests do not agree on what its default is.
const local = createRequire(import.meta.url)('aws-ses-v2-local') as typeof import('aws-ses-v2-local');

interface Stored {
  readonly from: string;
  readonly destination: {
    readonly to: readonly string[];
    readonly cc: readonly string[];
    readonly bcc: readonly string[];
  };
  readonly subject: string;
  readonly body: { readonly html: string; readonly text: string };
  readonly attachments: readonly unknown[];
}

const plan = readPlanForTest('technicia');
const members: readonly Member[] = [
  { userId: 'hélène', address: 'helene.prevost@technicia.example', locale: 'fr' },
  { userId: 'john', address: "john.o'neil+tests@technicia.example", locale: 'en' },
  { userId: 'no-locale', address: 'x@technicia.example' },
];
const release = releaseAfter(
  { type: 'launch.moved', from: '2025-03-10', to: '2025-05-18', reason: quoted('') },
  { type: 'exposure.changed', phase: 'production-100', attempt: 1, from: 0, to: 100 },
  { type: 'component.switched', component: 'ocr', state: 'limited' },
);
const clock = { nowMs: () => Date.parse('2025-06-01T08:00:00Z') };

const links = hmacLinks({
  secret: async () => JSON.stringify({ current: 'a', a: 'x'.repeat(64) }),
  pagesUrl: 'https://pages.technicia.example',
});

let server: Server;
let url = '';
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = await local.default({ port, host: '127.0.0.1' });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const stored = async (): Promise<readonly Stored[]> => {
  const answer = await fetch(`${url}/store`);
  return ((await answer.json()) as { readonly emails: readonly Stored[] }).emails;
};

function sender() {
  const client = new SESClient({
    endpoint: url,
    region: 'eu-west-3',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const from = { name: 'Équipe Technicia', address: 'deploiement@technicia.example' };
  const mailer = pacedMailer(sesMailer({ client, clock, from, configurationSet: 'jalon' }), {
    quota: { read: async () => ({ mailsPerSecond: 14, mailsLeft: 1000 }) },
    clock,
    senders: 1,
    sleep: async () => {},
  });
  const ports = {
    plan,
    clock,
    mailer,
    templates: templatesFor(plan),
    ...wording,
    links,
    campaigns: new MemoryCampaignStore(),
    log: { write: () => {} },
    sha256,
    sayRefusal,
    releases: { load: async () => release },
    audience: { members: async () => new Map(members.map((member) => [personOf(member.userId), member])) },
  };
  return handlerOf(mailJob, ports as unknown as Ports);
}

const tokensIn = (text: string) =>
  [...text.matchAll(/technicia\.example\/(\w\?t=[\w.-]+)/g)].map(([, token = '']) => token).toSorted();
const tokenless = (body: Stored['body'] | undefined) =>
  JSON.stringify(body).replaceAll(/\?t=[\w.-]+/g, '?t=');

const batchOf = (message: string) => ({
  Records: [
    {
      messageId: 'm1',
      body: JSON.stringify({
        kind: 'send',
        releaseId: 'r1',
        message,
        campaign: `r1.${message}`,
        people: members.map(({ userId }) => personOf(userId)),
      }),
    },
  ],
});

describe.each(plan.messages)('$id', (message) => {
  it('arrives once at each of its readers, in their language, whole', async () => {
    await fetch(`${url}/clear-store`, { method: 'POST' });
    const call = sender();
    expect(await call(batchOf(message.id))).toEqual({ batchItemFailures: [] });
    // A queue delivers twice now and then.
    await call(batchOf(message.id));

    const mails = await stored();
    expect(mails.map(({ destination }) => destination.to)).toEqual(members.map(({ address }) => [address]));
    const [french, english, other] = mails;
    expect(tokenless(other?.body)).toEqual(tokenless(french?.body));
    // Each has links of their own, the same in both parts; only an announcement can be ended.
    const own = mails.map(({ body }) => tokensIn(body.text));
    expect(new Set(own.flat()).size).toBe(own.flat().length);
    for (const { body } of mails) expect(tokensIn(body.html)).toEqual(tokensIn(body.text));
    expect(
      own.every((tokens) => tokens.some((token) => token.startsWith('u')) === (message.date !== undefined)),
    ).toBe(true);
    expect(french?.subject).toBe(message.subject.replaceAll("'", '’').replace(' :', '\u00a0:'));
    for (const mail of mails) {
      expect(mail.from).toBe('"Équipe Technicia" <deploiement@technicia.example>');
      expect(mail).toMatchObject({ destination: { cc: [], bcc: [] }, attachments: [] });
      // Both tell the same, and neither shows what a machine has left in it.
      for (const part of [mail.body.html, mail.body.text]) {
        expect(part).toContain('Technicia');
        expect(part).not.toMatch(/\{\{|undefined|\[object|urn:jalon|Ã|=C3|\ufffd/);
      }
      expect(mail.body.html).toMatch(/<html[^>]* lang="(?:fr|en)"/);
    }
    expect(french?.body.text).toMatch(/^Bonjour,\n/);
    expect(french?.body.text).toMatch(/[éèàê]/);
    expect(english?.body.text).toMatch(/^Hello,\n/);
    expect(english?.body.html).toContain('lang="en"');
  });
});
