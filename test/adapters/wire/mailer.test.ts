import { SESClient } from '@aws-sdk/client-ses';
import * as fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { isAddress } from '#domain/audience/address.ts';
import { JalonError, MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import { sesMailer } from '#functions/adapters/ses/mailer.ts';
import { composeMime } from '#functions/adapters/ses/mime.ts';
import { decodeTag, encodeTag } from '#functions/contracts/mail-tags.ts';
import { personOf } from '#test/support/hashed.ts';
import { type Answer, queryAnswer, queryRefused, wireService } from './service.ts';

const service = wireService();
const clock = { nowMs: () => Date.parse('2025-05-11T07:00:00Z') };
const from = { name: 'Équipe Technicia', address: 'release@technicia.example' };
const mail: Mail = {
  to: 'ada@example.org',
  subject: 'La nouvelle version arrive à J-7',
  html: '<p>Bonjour,<br>à bientôt.</p>',
  text: 'Bonjour,\nà bientôt.',
  tags: { release: 'r1', message: 'annonce', campaign: 'r1.annonce.j-7', person: personOf('ada') },
};
const sentMail = queryAnswer('SendRawEmail', '<MessageId>0102</MessageId>');

describe('mailer', () => {
  const mailer = () =>
    sesMailer({ client: new SESClient(service.settings()), clock, from, configurationSet: 'jalon' });

  it('sends one raw mail to one person, with tags', async () => {
    service.answer(sentMail);
    expect(await mailer().send(mail)).toEqual({ messageId: '0102' });
    const body = service.asked[0]?.body as Record<string, string>;
    expect(service.operations()).toEqual(['SendRawEmail']);
    const { 'RawMessage.Data': raw = '', ...rest } = body;
    expect(rest).toEqual({
      Action: 'SendRawEmail',
      Version: '2010-12-01',
      Source: 'release@technicia.example',
      'Destinations.member.1': 'ada@example.org',
      ConfigurationSetName: 'jalon',
      'Tags.member.1.Name': 'release',
      'Tags.member.1.Value': 'r1',
      'Tags.member.2.Name': 'message',
      'Tags.member.2.Value': 'annonce',
      'Tags.member.3.Name': 'campaign',
      'Tags.member.3.Value': 'r1_2eannonce_2ej-7',
      'Tags.member.4.Name': 'person',
      'Tags.member.4.Value': personOf('ada'),
    });
    const { headers, ...read } = await PostalMime.parse(Buffer.from(raw, 'base64'));
    expect(headers.map(({ originalKey }) => originalKey)).toEqual([
      'From',
      'To',
      'Subject',
      'Message-ID',
      'Date',
      'MIME-Version',
      'Content-Type',
    ]);
    expect(headers.at(-1)?.value).toMatch(/^multipart\/alternative/);
    expect(read).toMatchObject({
      from: { name: 'Équipe Technicia', address: 'release@technicia.example' },
      to: [{ name: '', address: 'ada@example.org' }],
      subject: 'La nouvelle version arrive à J-7',
      date: '2025-05-11T07:00:00.000Z',
      messageId: expect.stringMatching(/^<[0-9a-f]{32}@technicia\.example>$/),
      text: expect.stringMatching(/^Bonjour,\nà bientôt\.\n*$/),
      html: expect.stringMatching(/^<p>Bonjour,<br>à bientôt\.<\/p>\n*$/),
      attachments: [],
    });
  });

  it('lets its reader end announcements by one click, signed with the rest (RFC 8058)', async () => {
    service.answer(sentMail);
    await mailer().send({ ...mail, unsubscribeUrl: 'https://pages.example/u/1.abc' });
    const body = service.asked[0]?.body as Record<string, string>;
    const { 'RawMessage.Data': raw = '' } = body;
    const { headers } = await PostalMime.parse(Buffer.from(raw, 'base64'));
    const header = (key: string) => headers.find((one) => one.key === key)?.value;
    expect(header('list-unsubscribe')).toBe('<https://pages.example/u/1.abc>');
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('the same mail is the same bytes, another person gets another id', async () => {
    service.answer(sentMail, sentMail, sentMail);
    await mailer().send(mail);
    await mailer().send(mail);
    await mailer().send({ ...mail, tags: { ...mail.tags, person: personOf('other') } });
    const [first, second, other] = service.asked.map(
      ({ body }) => (body as Record<string, string>)['RawMessage.Data'],
    );
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each<readonly [string, Answer]>([
    ['Throttling', queryRefused('Throttling', 400, 'Maximum sending rate exceeded.')],
    ['Throttling for the day', queryRefused('Throttling', 400, 'Daily message quota exceeded.')],
    ['AccountSendingPausedException', queryRefused('AccountSendingPausedException')],
    ['ConfigurationSetDoesNotExist', queryRefused('ConfigurationSetDoesNotExist')],
    ['ConfigurationSetSendingPausedException', queryRefused('ConfigurationSetSendingPausedException')],
    ['MailFromDomainNotVerifiedException', queryRefused('MailFromDomainNotVerifiedException')],
    ['AccessDenied', queryRefused('AccessDenied', 403)],
    ['an expired signature', queryRefused('SignatureDoesNotMatch', 403)],
  ])('%s: certain that nothing was sent, worth another try', async (_, answer) => {
    service.answer(answer);
    await expect(mailer().send(mail)).rejects.toThrow(ServiceUnavailable);
  });

  it.each(['MessageRejected', 'InvalidParameterValue'])('%s: certain, and final', async (code) => {
    service.answer(queryRefused(code));
    await expect(mailer().send(mail)).rejects.toThrow(MailRefused);
  });

  it.each([
    'Email address is not verified. The following identities failed the check: technicia.example',
    'Sending paused for this account. For more information, please check the inbox.',
  ])('MessageRejected is not final when the account is meant: %s', async (message) => {
    service.answer(queryRefused('MessageRejected', 400, message));
    await expect(mailer().send(mail)).rejects.toThrow(ServiceUnavailable);
  });

  it.each<readonly [string, Partial<Mail>]>([
    ['an address with a line break', { to: 'ada@example.org\r\nBcc: eve@example.org' }],
    ['two addresses', { to: 'ada@example.org,eve@example.org' }],
    ['a tag that does not fit', { tags: { ...mail.tags, campaign: 'é'.repeat(128) } }],
  ])('%s is refused before it is sent', async (_, part) => {
    await expect(mailer().send({ ...mail, ...part })).rejects.toThrow(MailRefused);
    expect(service.asked).toEqual([]);
  });

  it.each<readonly [string, Answer]>([
    ['breaks', queryRefused('InternalFailure', 500)],
    ['is down', queryRefused('ServiceUnavailable', 503)],
    ['hangs up', 'hang up'],
    ['says nothing', 'say nothing'],
  ])('a service that %s leaves it uncertain, and is asked once', async (_, answer) => {
    service.answer(answer);
    const error = await mailer()
      .send(mail)
      .catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(JalonError);
    expect(service.asked).toHaveLength(1);
  });
});

describe('tags', () => {
  it.each(['r1', 'r1.annonce.j-7', 'user_é@1', '_', '_5f', '__5f', '日本', 'a b'])(
    'bring the text %s back unchanged',
    (text) => {
      expect(encodeTag(text)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      expect(decodeTag(encodeTag(text))).toBe(text);
    },
  );

  it('are what the alphabet leaves of the bytes, the first time and the second', () => {
    const isAllowed = (byte: number) => /^[A-Za-z0-9-]$/.test(String.fromCharCode(byte));
    const inHex = (byte: number) => `_${byte.toString(16).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (text) => {
        const bytes = [...Buffer.from(text, 'utf8')];
        const tag = bytes.map((byte) => (isAllowed(byte) ? String.fromCharCode(byte) : inHex(byte))).join('');
        fc.pre(tag.length <= 256);
        expect([encodeTag(text), encodeTag(text)]).toEqual([tag, tag]);
        expect([decodeTag(tag), decodeTag(tag)]).toEqual([text, text]);
      }),
    );
  });

  it.each(['', 'a'.repeat(257), '.'.repeat(86)])('%j has no room in one', (text) => {
    for (const _ of ['first', 'second']) expect(() => encodeTag(text)).toThrow(RangeError);
  });

  it.each(['', 'a.b', '_', '_5', '_5F', 'a'.repeat(257), '_2e'.repeat(86)])('%j is not ours', (tag) => {
    for (const _ of ['first', 'second']) expect(() => decodeTag(tag)).toThrow(RangeError);
  });
});

describe('MIME', () => {
  const composed = async (changes: { readonly subject?: string; readonly text?: string }) => {
    const plain = {
      from,
      to: 'ada@example.org',
      subject: 's',
      html: '<p>t</p>',
      text: 't',
      atMs: 0,
      id: 'id',
    };
    return Buffer.from(await composeMime({ ...plain, ...changes }));
  };
  const linesOf = (bytes: Buffer) => bytes.toString('latin1').split('\r\n');
  const texts = ['é'.repeat(200), '😀'.repeat(50), 'plain', 'Très bientôt: 50 % des "utilisateurs"'];

  it.each(texts)('the subject %j comes through, in words and lines that fit', async (subject) => {
    const bytes = await composed({ subject });
    expect((await PostalMime.parse(bytes)).subject).toBe(subject);
    expect(Math.max(...linesOf(bytes).map((line) => line.length))).toBeLessThanOrEqual(78);
    const words = bytes.toString('latin1').match(/=\?[^ ]*\?=/g) ?? [];
    expect(Math.max(0, ...words.map((word) => word.length))).toBeLessThanOrEqual(75);
  });

  it.each(['a\r\nBcc: eve@example.org', 'é\nBcc: eve@example.org', 'a\rBcc: eve@example.org'])(
    'a line break in the subject %j begins no header',
    async (subject) => {
      const read = await PostalMime.parse(await composed({ subject }));
      expect(read.bcc).toBeUndefined();
      expect(read.subject).toContain('Bcc: eve@example.org');
    },
  );

  it.each([...texts, 'é'.repeat(99), 'x'.repeat(200), '.\n..\nFrom me\n', 'a=20b =\n'])(
    'the text %j comes through, in lines that fit',
    async (text) => {
      const bytes = await composed({ text });
      // The last line is ended if it was not.
      const { text: read = '' } = await PostalMime.parse(bytes);
      expect(read.replace(/\n+$/, '')).toBe(text.replace(/\n$/, ''));
      expect(Math.max(...linesOf(bytes).map((line) => line.length))).toBeLessThanOrEqual(78);
      expect(bytes.every((byte) => byte < 128)).toBe(true);
    },
  );

  it.each([
    ['ada@example.org', true],
    ['ada+tag@sub.example.org', true],
    ['ada', false],
    ['Ada <ada@example.org>', false],
    ['é@example.org', false],
    ['[Email/Tél]', false],
    ['+33 1 23 45 67 89', false],
  ])('%s is an address: %s', (text, expected) => {
    expect(isAddress(text)).toBe(expected);
  });
});
