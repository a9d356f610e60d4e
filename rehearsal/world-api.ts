/** `/world` of a served rehearsal: what goes on in it, and what may be done to it. Beside the API, which knows nothing of it. */
import * as z from 'zod';
import { InvalidInput, NotFound } from '#domain/errors.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { dayMs } from '#domain/time.ts';
import {
  bodyCharactersMax,
  type HttpResponse,
  languageOf,
  membersOf,
  textOf,
} from '#functions/contracts/http.ts';
import { violationsOf } from '#functions/contracts/violations.ts';
import { problem, problemOf } from '#functions/runtime/problem.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import type { Sent } from './gateway.ts';
import { NotKept } from './journal.ts';
import { TroubleNow } from './scenario.ts';
import type { Session } from './session.ts';
import { lengthMs, type Speed, speedOf } from './speed.ts';
import { pagesUrl } from './world/feedback.ts';

/** The speed is the server's: a world knows none. */
export interface Pace {
  speed: Speed;
}

const advanceMaxMs = 60 * dayMs;
const Clock = z.union([
  z.strictObject({ advance: z.string().max(20) }),
  z.strictObject({ speed: z.string().max(20) }),
]);
const People = z.strictObject({ role: z.string().max(60), atWork: z.boolean() });

export const isWorld = ({ path }: Sent): boolean => path === '/world' || path.startsWith('/world/');

/** What is refused is a problem document. Throws NotKept. */
export async function worldApi(session: Session, pace: Pace, sent: Sent): Promise<HttpResponse> {
  try {
    return await answer(session, pace, sent);
  } catch (error) {
    if (error instanceof NotKept) throw error;
    return problemOf({ sayRefusal }, error, languageOf({ headers: sent.headers ?? {} }, 'en'));
  }
}

async function answer(session: Session, pace: Pace, sent: Sent): Promise<HttpResponse> {
  const asked = `${sent.method} ${sent.path}`;
  switch (asked) {
    case 'GET /world':
      break;
    case 'GET /world/mails':
      return json(await mails(session, sent));
    case 'POST /world/troubles':
      await session.steer({ change: 'trouble', trouble: bodyOf(sent, TroubleNow) });
      break;
    case 'POST /world/calm':
      await session.steer({ change: 'calm' });
      break;
    case 'POST /world/people':
      await session.steer({ change: 'people', ...bodyOf(sent, People) });
      break;
    case 'POST /world/clock': {
      const wanted = bodyOf(sent, Clock);
      if ('speed' in wanted) pace.speed = speedOf(wanted.speed);
      else await session.advance(lengthMs(wanted.advance, advanceMaxMs));
      break;
    }
    default:
      if (!paths.has(sent.path))
        throw new NotFound({
          code: 'no-such-world-path',
          params: { path: sent.path, known: [...paths.keys()] },
        });
      return methodRefused(sent, paths.get(sent.path) ?? '');
  }
  return json(await standing(session, pace));
}

/** A mail of each campaign; its links lead to the pages on this machine. */
const mails = (session: Session, { headers = {} }: Sent) =>
  session.look(({ mailboxes }) =>
    mailboxes.firsts().map(({ tags, to, subject, text }) => ({
      message: tags.message,
      to,
      subject,
      text: text.replaceAll(pagesUrl, `http://${headers['host']}`),
    })),
  );

const paths: ReadonlyMap<string, string> = new Map([
  ['/world', 'GET'],
  ['/world/mails', 'GET'],
  ['/world/troubles', 'POST'],
  ['/world/calm', 'POST'],
  ['/world/people', 'POST'],
  ['/world/clock', 'POST'],
]);

const json = (value: unknown): HttpResponse => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

const methodRefused = ({ method, headers = {} }: Sent, allowed: string): Promise<HttpResponse> =>
  problem(
    { sayRefusal },
    405,
    { code: 'method-not-allowed', params: { method, allowed: [allowed] } },
    languageOf({ headers }, 'en'),
    { allow: allowed },
  );

/** Every other answer says how the world stands then. */
const standing = (session: Session, { speed }: Pace) =>
  session.look((world) => {
    const release = world.releases.peek(world.releaseId);
    const { troubles, away } = world.condition();
    return {
      now: toInstant(world.clock.nowMs()),
      speed: speed.text,
      release: world.releaseId,
      status: release?.status ?? 'none',
      troubles,
      away,
    };
  });

function bodyOf<T extends z.ZodType>({ body = '', isBase64Encoded = false }: Sent, contract: T): z.output<T> {
  const text = textOf({ body, isBase64Encoded });
  if (text.length > bodyCharactersMax)
    throw new InvalidInput({
      code: 'body-too-long',
      params: { characters: text.length, charactersMax: bodyCharactersMax },
    });
  const members = membersOf(text);
  const parsed = contract.safeParse(members);
  if (parsed.success) return parsed.data;
  throw new InvalidInput({
    code: 'body-broken',
    params: { violations: violationsOf(parsed.error, members) },
  });
}
