/**
 * Notices to a channel of a chat, by its webhook. The address is a secret: it is read when it is needed, and stands in no log
 * and no error. A message that a chat took twice is better than one that nobody saw, so a silent chat is asked again.
 */

import type { Notifier } from '#application/ports/mail.ts';
import type { Clock, Log } from '#application/ports/ports.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import type { Notice, NoticeKind } from '#domain/mailing/notice.ts';
import { circuit, leftAlone } from '../circuit.ts';
import { cleaned } from './cleaned.ts';
import { slackMessage } from './slack.ts';
import { teamsMessage } from './teams.ts';

const formats = { slack: slackMessage, teams: teamsMessage } as const;
export type ChatFormat = keyof typeof formats;

export interface ChatWebhookSettings {
  readonly format: ChatFormat;
  /** Which notices it gets; absent: all. */
  readonly kinds?: readonly NoticeKind[];
  /** Notices to these roles; absent: to any. */
  readonly roles?: readonly string[];
  /** The address, https. Throws ServiceUnavailable. */
  readonly address: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly log: Log;
  readonly pause: (ms: number) => Promise<void>;
}

/** Of one request, and of all tries: a function that tells has other things to do. */
const answerMsMax = 5_000;
const triesMax = 3;
/** Before another try, unless the chat says how long: it is not waited for longer than the longest. */
const restMs = 500;
const restMsMax = 5_000;

/** Throws ServiceUnavailable when the chat is busy or silent; a notice that it refuses is logged as NOT_NOTIFIED. */
export function webhookNotifier(settings: ChatWebhookSettings): Notifier {
  const { format, kinds, roles, fetch, clock, log, pause } = settings;
  const breaker = circuit(clock);
  const isFor = (notice: Notice) =>
    (kinds === undefined || kinds.includes(notice.kind)) &&
    (roles === undefined || notice.roles.some((role) => roles.includes(role)));
  const told = (notice: Notice) => notice.roles.filter((role) => roles === undefined || roles.includes(role));

  const post = async (url: URL, body: string): Promise<Answer> => {
    try {
      const {
        status,
        headers,
        body: said,
      } = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'jalon' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(answerMsMax),
      });
      // Nothing of it is needed, and it has no limit.
      await said?.cancel().catch(() => {});
      return answerOf(status, headers.get('retry-after'), clock.nowMs());
    } catch {
      // What `fetch` says may quote the address.
      return { kind: 'busy', restMs };
    }
  };

  const deliver = async (url: URL, body: string): Promise<Answer> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await post(url, body);
      if (answer.kind !== 'busy' || tries >= triesMax) return answer;
      await pause(Math.min(answer.restMs, restMsMax));
    }
  };

  return {
    async notify(given) {
      const notice = cleaned(given);
      if (!isFor(notice)) return { told: [] };
      if (!breaker.isClosed())
        throw new ServiceUnavailable({
          code: 'chat-left-alone',
          params: { chat: format, ...leftAlone },
        });
      const url = safe(await settings.address(), format);
      const answer = await deliver(url, JSON.stringify(formats[format](notice)));
      if (answer.kind === 'busy') {
        breaker.failed();
        const chat = format;
        throw new ServiceUnavailable(
          answer.status === undefined
            ? { code: 'chat-silent', params: { chat } }
            : { code: 'chat-busy', params: { chat, status: answer.status } },
        );
      }
      breaker.worked();
      if (answer.kind === 'taken') return { told: told(notice) };
      const { releaseId } = notice;
      log.write('NOT_NOTIFIED', {
        releaseId,
        roles: told(notice),
        why: `the ${format} webhook: ${answer.why}`,
      });
      return { told: [] };
    },
  };
}

type Answer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly why: string }
  /** Without a status it was silent. */
  | { readonly kind: 'busy'; readonly status?: number; readonly restMs: number };

function answerOf(status: number, retryAfter: string | null, nowMs: number): Answer {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  if (status === 429 || status === 408 || status >= 500)
    return { kind: 'busy', status, restMs: restOf(retryAfter, nowMs) };
  const hint = status < 400 ? '; redirects are not followed: store the address it leads to' : '';
  return { kind: 'refused', why: `it answered ${status}${hint}` };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function restOf(retryAfter: string | null, nowMs: number): number {
  if (retryAfter === null) return restMs;
  const seconds = Number(retryAfter);
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - nowMs : seconds * 1000;
  return Number.isNaN(ms) ? restMs : Math.max(ms, 0);
}

/** Throws TypeError that does not quote it. */
function safe(address: string, format: ChatFormat): URL {
  const url = URL.parse(address.trim());
  if (url?.protocol === 'https:') return url;
  throw new TypeError(
    `the secret of the ${format} webhook holds no https address: store the one that the chat gave you`,
  );
}
