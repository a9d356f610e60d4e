import { SESClient } from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';
import { JalonError, MailRefused, ServiceUnavailable } from '#domain/errors.ts';
import type { Mail } from '#domain/ports.ts';
import { sesMailer } from '#functions/adapters/mailer.ses.ts';
import { composeMime, isAddress } from '#functions/adapters/mime.ses.ts';
import { decodeTag, encodeTag } from '#functions/contracts/mail-tags.ts';
import { type Answer, queryAnswer, queryRefused, wireService } from './service.ts';

const service = wireService();
const from = { name: 'Équipe Technicia', address: 'release@technicia.example' };
const mail: Mail = {
  to: 'ada@example.org',
  subject: 'La nouvelle version arrive à J-7',
  text: 'Bonjour,\nà bientôt.',
  tags: { release: 'r1', message: 'annonce', campaign: 'r1.annonce.j-7', user: 'user_é@1' },
};
const sentMail = queryAnswer('SendRawEmail', '<MessageId>0102</MessageId>');

describe('mailer', () => {
  const mailer = () =>
    sesMailer({ client: new SESClient(service.settings()), from, configurationSet: 'jalon' });

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
      'Tags.member.4.Name': 'user',
      'Tags.member.4.Value': 'user_5f_c3_a9_401',
    });
    const [head = '', text = ''] = Buffer.from(raw, 'base64').toString('ascii').split('\r\n\r\n');
    expect(head.split('\r\n')).toEqual([
      `From: =?UTF-8?B?${Buffer.from('Équipe Technicia').toString('base64')}?= <release@technicia.example>`,
      'To: ada@example.org',
      `Subject: =?UTF-8?B?${Buffer.from(mail.subject).toString('base64')}?=`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=UTF-8',
      'Content-Transfer-Encoding: base64',
    ]);
    expect(Buffer.from(text, 'base64').toString('utf8')).toBe('Bonjour,\r\nà bientôt.');
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

  it.each<readonly [string, Partial<Mail>]>([
    ['an address with a line break', { to: 'ada@example.org\r\nBcc: eve@example.org' }],
    ['two addresses', { to: 'ada@example.org,eve@example.org' }],
    ['a tag that does not fit', { tags: { ...mail.tags, user: 'é'.repeat(128) } }],
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
  it.each(['r1', 'r1.annonce.j-7', 'user_é@1', '_', '__5f', '日本', 'a b'])('%s comes back', (text) => {
    expect(encodeTag(text)).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    expect(decodeTag(encodeTag(text))).toBe(text);
  });

  it.each(['', 'a.b', '_', '_5', '_5F'])('%j is not ours', (tag) => {
    expect(() => decodeTag(tag)).toThrow(RangeError);
  });
});

describe('MIME', () => {
  const headersOf = (subject: string) =>
    Buffer.from(composeMime({ from, to: 'ada@example.org', subject, text: 'x' }))
      .toString('ascii')
      .split('\r\n\r\n')[0] ?? '';
  const subjectIn = (headers: string) =>
    [...(headers.split('Subject: ')[1]?.split('MIME-Version')[0] ?? '').matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)]
      .map(([, word = '']) => Buffer.from(word, 'base64').toString('utf8'))
      .join('');

  it.each(['é'.repeat(200), '😀'.repeat(50), 'plain', '', 'a\r\nBcc: eve@example.org', '=?UTF-8?B?eA==?='])(
    'the subject %j comes through, in words and lines that fit',
    (subject) => {
      const headers = headersOf(subject);
      expect(subjectIn(headers)).toBe(subject);
      expect(Math.max(...headers.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(100);
      expect(
        Math.max(...(headers.match(/=\?[^ ]*\?=/g) ?? []).map((word) => word.length)),
      ).toBeLessThanOrEqual(75);
      expect(headers).not.toContain('\r\nBcc');
    },
  );

  it('lines of the body are 76 characters at most', () => {
    const whole = Buffer.from(
      composeMime({ from, to: 'ada@example.org', subject: 's', text: 'é'.repeat(999) }),
    );
    const body = whole.toString('ascii').split('\r\n\r\n')[1] ?? '';
    expect(Math.max(...body.split('\r\n').map((line) => line.length))).toBe(76);
    expect(Buffer.from(body, 'base64').toString('utf8')).toBe('é'.repeat(999));
  });

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
