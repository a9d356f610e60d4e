/** What a chat is sent over its webhook, and what its answers mean. */
import { describe, expect, it } from 'vitest';
import { ServiceUnavailable } from '#domain/errors.ts';
import type { Notice } from '#domain/mailing/notice.ts';
import { failuresMax } from '#functions/adapters/circuit.ts';
import { everyChannel } from '#functions/adapters/notifier/every-channel.ts';
import { slackMessage } from '#functions/adapters/notifier/slack.ts';
import { teamsMessage } from '#functions/adapters/notifier/teams.ts';
import { type ChatWebhookSettings, webhookNotifier } from '#functions/adapters/notifier/webhook.ts';
import { busy } from '#test/support/refusals.ts';
import { type Answer, wireService } from './service.ts';

const service = wireService();
const answer = (status: number, headers = {}): Answer => ({ status, headers, body: 'no_secret_here' });
const notice: Notice = {
  releaseId: 'v2-may',
  kind: 'gate',
  about: 'staging',
  roles: ['qa', 'lead'],
  subject: 'Staging : la porte attend votre approbation',
  text: 'La porte de « Staging » attend <QA> & l\'équipe.\n\nApprouvez : POST /x with {"role": "<le vôtre>"}',
};
const secretPath = '/services/T0/B0/very-secret';

function chat(changes: Partial<ChatWebhookSettings> = {}) {
  const lines: unknown[] = [];
  const pauses: number[] = [];
  const settings: ChatWebhookSettings = {
    format: 'slack',
    address: async () => `${service.settings().endpoint.replace('http:', 'https:')}${secretPath}\n`,
    // The server of the test has no certificate.
    fetch: (url, init) => fetch(String(url).replace('https:', 'http:'), init),
    clock: { nowMs: () => Date.parse('2025-05-18T07:00:00Z') },
    log: { write: (code, fields) => void lines.push([code, fields]) },
    pause: async (ms) => void pauses.push(ms),
    ...changes,
  };
  return { notifier: webhookNotifier(settings), lines, pauses };
}
const told = { told: ['qa', 'lead'] };

describe('a webhook of a chat', () => {
  it('gets blocks for Slack, whose own signs are escaped', async () => {
    service.answer(answer(200));
    expect(await chat().notifier.notify(notice)).toEqual(told);
    expect(service.asked[0]?.operation).toBe(`POST ${secretPath}`);
    expect(service.asked[0]?.body).toEqual({
      text: 'Staging : la porte attend votre approbation',
      blocks: [
        {
          type: 'header',
          text: { type: 'plain_text', text: 'Staging : la porte attend votre approbation', emoji: false },
        },
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: "La porte de « Staging » attend &lt;QA&gt; &amp; l'équipe.",
            verbatim: true,
          },
        },
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: 'Approuvez : POST /x with {"role": "&lt;le vôtre&gt;"}',
            verbatim: true,
          },
        },
        {
          type: 'context',
          elements: [{ type: 'plain_text', text: 'v2-may · staging · gate', emoji: false }],
        },
      ],
    });
  });

  it.each(['slack', 'teams'] as const)(
    'is told for %s what a subject with line ends and turns says',
    async (format) => {
      service.answer(answer(200));
      const subject = 'Incident :\r\n\u202egrave\u0000';
      expect(await chat({ format }).notifier.notify({ ...notice, subject })).toEqual(told);
      const body = JSON.stringify(service.asked[0]?.body);
      expect(body).toContain('"Incident : grave"');
      expect(body).not.toMatch(/\u202e|\\u0000|\\r/);
    },
  );

  it('gets an Adaptive Card for Teams, whose Markdown is shown and not obeyed', async () => {
    service.answer(answer(202));
    expect(await chat({ format: 'teams' }).notifier.notify(notice)).toEqual(told);
    expect(service.asked[0]?.body).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            fallbackText: 'Staging : la porte attend votre approbation',
            msteams: { width: 'Full' },
            body: [
              {
                type: 'TextBlock',
                text: 'Staging : la porte attend votre approbation',
                size: 'large',
                weight: 'bolder',
                color: 'accent',
                wrap: true,
              },
              {
                type: 'TextBlock',
                text: 'La porte de « Staging » attend \\<QA\\> & l\'équipe.\n\nApprouvez : POST /x with {"role": "\\<le vôtre\\>"}',
                wrap: true,
              },
              {
                type: 'TextBlock',
                text: 'v2-may · staging · gate',
                isSubtle: true,
                size: 'small',
                wrap: true,
              },
            ],
          },
        },
      ],
    });
  });

  it.each(['a', '日', '😀', '&', '<', '"', '\u0001'])('takes no message of %j that is too large', (sign) => {
    const long = { ...notice, subject: sign.repeat(20_000), text: `${sign.repeat(40_000)}\n\n`.repeat(60) };
    const { blocks } = slackMessage(long);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      const max = block.type === 'header' ? 150 : 3_000;
      if ('text' in block) expect(block.text.text.length).toBeLessThanOrEqual(max);
    }
    const card = JSON.stringify(teamsMessage(long));
    expect(Buffer.byteLength(card)).toBeLessThanOrEqual(28_000);
    expect(JSON.stringify([blocks, card])).not.toMatch(/\\ud83d(?!\\ude00)/i);
  });

  it('hears only what it is for', async () => {
    service.answer(answer(200));
    const { notifier } = chat({ kinds: ['gate'], roles: ['lead'] });
    expect(await notifier.notify({ ...notice, kind: 'report' })).toEqual({ told: [] });
    expect(await notifier.notify({ ...notice, roles: ['support'] })).toEqual({ told: [] });
    expect(await notifier.notify(notice)).toEqual({ told: ['lead'] });
    expect(service.asked).toHaveLength(1);
  });

  it.each<readonly [string, Record<string, string>, number]>([
    ['waits as long as it is told to, in seconds', { 'retry-after': '2' }, 2_000],
    ['or until a date', { 'retry-after': 'Sun, 18 May 2025 07:00:03 GMT' }, 3_000],
    ['but not for ever', { 'retry-after': '86400' }, 5_000],
    ['nor for nonsense', { 'retry-after': 'soon' }, 500],
  ])('that is busy %s', async (_, headers, waitedMs) => {
    service.answer(answer(429, headers), answer(200));
    const { notifier, pauses } = chat();
    expect(await notifier.notify(notice)).toEqual(told);
    expect(pauses).toEqual([waitedMs]);
  });

  it.each<readonly [string, Answer]>([
    ['is broken', answer(500)],
    ['is busy', answer(429)],
    ['hangs up', 'hang up'],
  ])('that %s is asked three times, then left alone, and its address is never said', async (_, bad) => {
    service.answer(...Array.from({ length: 3 * failuresMax }, () => bad));
    const { notifier, lines } = chat();
    for (let nth = 0; nth <= failuresMax; nth += 1) {
      const error = await notifier.notify(notice).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ServiceUnavailable);
      expect(`${(error as Error).message} ${(error as Error).cause}`).not.toContain('secret');
    }
    expect(service.asked).toHaveLength(3 * failuresMax);
    expect(lines).toEqual([]);
  });

  it.each([
    [404, /it answered 404$/],
    [302, /it answered 302; redirects are not followed/],
  ])('that refuses with %i is logged and not asked again', async (status, why) => {
    service.answer(answer(status, { location: `${service.settings().endpoint}/elsewhere` }));
    const { notifier, lines } = chat();
    expect(await notifier.notify(notice)).toEqual({ told: [] });
    expect(service.asked).toHaveLength(1);
    expect(lines).toEqual([
      ['NOT_NOTIFIED', { releaseId: 'v2-may', roles: ['qa', 'lead'], why: expect.stringMatching(why) }],
    ]);
  });

  it.each(['http://hooks.example/secret', 'secret', 'ftp://secret', ''])(
    'is never at %j, which is not repeated',
    async (address) => {
      const { notifier } = chat({ address: async () => address });
      const error = await notifier.notify(notice).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toMatch(
        /^the secret of the slack webhook holds no https address: [^/]*$/,
      );
    },
  );
});

describe('every channel', () => {
  const works = { notify: async () => ({ told: ['qa'] }) };
  const fails = (error: Error) => ({
    notify: async () => {
      throw error;
    },
  });
  const heard = (...channels: readonly { notify: () => Promise<{ told: string[] }> }[]) => {
    const lines: unknown[] = [];
    const log = { write: (code: string) => void lines.push(code) };
    return { notifier: everyChannel(channels, log), lines };
  };

  it.each([busy(), new TypeError('the secret holds no address')])(
    'tells although another fails with %s, which is logged',
    async (error) => {
      const { notifier, lines } = heard(fails(error), works, works);
      expect(await notifier.notify(notice)).toEqual({ told: ['qa'] });
      expect(lines).toEqual(['NOT_NOTIFIED']);
    },
  );

  it('is unavailable when nobody was told and one of them may be better later', async () => {
    const { notifier } = heard(fails(new TypeError('x')), fails(busy()));
    await expect(notifier.notify(notice)).rejects.toThrow(ServiceUnavailable);
  });
});
