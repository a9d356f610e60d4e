import { SESClient } from '@aws-sdk/client-ses';
import { describe, expect, it } from 'vitest';
import { ServiceUnavailable } from '#domain/errors.ts';
import { sesNotifier } from '#functions/adapters/notifier/ses.ts';
import { type Answer, queryAnswer, queryRefused, wireService } from './service.ts';

const service = wireService();

describe('notifier', () => {
  const contacts = {
    lead: 'ada@example.org',
    dev: 'sam@example.org',
    ops: 'ada@example.org',
    support: '[Email/Tél]',
  };
  const notified = () => {
    const lines: (readonly [string, object])[] = [];
    const notifier = sesNotifier({
      client: new SESClient(service.settings()),
      log: { write: (code, fields) => void lines.push([code, fields]) },
      from: 'Jalon <release@technicia.example>',
      configurationSet: 'jalon-team',
      contacts,
    });
    return { notifier, lines };
  };
  const notice = {
    releaseId: 'r1',
    kind: 'gate',
    about: 'staging',
    roles: ['lead', 'dev', 'ops'],
    subject: 'Décision',
    text: 'à prendre',
  } as const;
  const sent = queryAnswer('SendEmail', '<MessageId>1</MessageId>');

  it('mails each address once', async () => {
    service.answer(sent, sent);
    const { notifier, lines } = notified();
    expect(await notifier.notify({ ...notice, html: '<p>à prendre</p>' })).toEqual({
      told: ['lead', 'ops', 'dev'],
    });
    const bodies = service.asked.map(({ body }) => body as Record<string, string>);
    expect(bodies.map((body) => body['Destination.ToAddresses.member.1'])).toEqual([
      contacts.lead,
      contacts.dev,
    ]);
    expect(bodies[0]).toEqual({
      Action: 'SendEmail',
      Version: '2010-12-01',
      Source: 'Jalon <release@technicia.example>',
      'Destination.ToAddresses.member.1': 'ada@example.org',
      'Message.Subject.Charset': 'UTF-8',
      'Message.Subject.Data': 'Décision',
      'Message.Body.Text.Charset': 'UTF-8',
      'Message.Body.Text.Data': 'à prendre',
      'Message.Body.Html.Charset': 'UTF-8',
      'Message.Body.Html.Data': '<p>à prendre</p>',
      ConfigurationSetName: 'jalon-team',
    });
    expect(lines).toEqual([]);
  });

  it.each([
    [
      'line ends',
      'Incident:\r\nBcc: eve@example.org\n\u2028\u0085à voir',
      'Incident: Bcc: eve@example.org à voir',
    ],
    ['signs of direction', '\u202eIncident\u2066 : ok\u200f', 'Incident : ok'],
    ['controls and half a sign', 'Inci\u0000dent \ud83d', 'Inci dent \ufffd'],
    ['nothing to see', '\u202e\r\n', 'r1 · staging'],
    ['too much', 'x'.repeat(1000), `${'x'.repeat(199)}…`],
  ])('is told all the same when its subject has %s', async (_, subject, told) => {
    service.answer(sent);
    const { notifier } = notified();
    const text = 'à\r\nprendre\u0007\u202e, \ud83dvite';
    expect(await notifier.notify({ ...notice, roles: ['dev'], subject, text })).toEqual({ told: ['dev'] });
    const body = service.asked[0]?.body as Record<string, string>;
    expect(body['Message.Subject.Data']).toBe(told);
    expect(body['Message.Body.Text.Data']).toBe('à\nprendre, \ufffdvite');
  });

  it('logs roles that have no address, and throws nothing', async () => {
    const { notifier, lines } = notified();
    await notifier.notify({ ...notice, roles: ['support', 'nobody'] });
    expect(service.asked).toEqual([]);
    expect(lines).toEqual([
      ['NOT_NOTIFIED', { releaseId: 'r1', roles: ['support'], why: 'its contact is no mail address' }],
      ['NOT_NOTIFIED', { releaseId: 'r1', roles: ['nobody'], why: 'no such role' }],
    ]);
  });

  it('an address that SES refuses keeps nobody else from being told', async () => {
    service.answer(queryRefused('MessageRejected'), sent);
    const { notifier, lines } = notified();
    expect(await notifier.notify(notice)).toEqual({ told: ['dev'] });
    expect(lines.map(([, fields]) => fields)).toEqual([
      { releaseId: 'r1', roles: ['lead'], why: 'MessageRejected' },
      { releaseId: 'r1', roles: ['ops'], why: 'MessageRejected' },
    ]);
  });

  it.each<readonly [string, Answer]>([
    ['limits us', queryRefused('Throttling')],
    ['is down', queryRefused('ServiceUnavailable', 503)],
    ['hangs up', 'hang up'],
    ['says nothing', 'say nothing'],
  ])('a service that %s is unavailable, after all were tried in vain', async (_, answer) => {
    service.answer(answer, answer);
    const { notifier } = notified();
    await expect(notifier.notify(notice)).rejects.toThrow(ServiceUnavailable);
    expect(service.asked).toHaveLength(2);
  });
});
