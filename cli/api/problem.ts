/**
 * What the API refuses, as one sentence and an exit code (problem details, RFC 9457; the gateway's own answers have none). The API
 * says it in the reader's language, and so do we what can be done.
 */
import * as z from 'zod';
import type { Language } from '#presentation/format.ts';
import { CommandFailed, exitCodes } from '../terminal/exit.ts';
import { english } from './texts.english.ts';
import { french } from './texts.french.ts';

const Problem = z.object({ type: z.string(), detail: z.string() });
const GatewayAnswer = z.object({ message: z.string() });

type Advice = typeof english.advice;
const advices: Readonly<Record<Language, Advice>> = { en: english.advice, fr: french.advice };

export function refusalOf(what: string, status: number, body: unknown, language: Language): CommandFailed {
  const problem = Problem.safeParse(body).data;
  const said = problem?.detail ?? GatewayAnswer.safeParse(body).data?.message;
  const name = problem === undefined || problem.type === 'about:blank' ? '' : ` ${problem.type}`;
  // A path that nobody knows, rather than something that is not there.
  const isUnknown = status === 405 || (status === 404 && name === '');
  const advice = advices[language];
  const next = isUnknown ? advice.otherOperation : nextOf(status, advice);
  const sentence = [said, next].filter((part) => part !== undefined).join(advice.joined);
  return new CommandFailed(
    codeOf(status),
    `${what}: ${status}${name}${sentence === '' ? '' : `${advice.colon}${sentence}`}`,
  );
}

/** An answer that breaks the contract. */
export const brokenAnswer = (what: string, why: string): CommandFailed =>
  new CommandFailed(
    exitCodes.fault,
    `the answer to ${what} is not what the API's contract says (${why}): is the address that of Jalon's API, and of this version?`,
  );

function codeOf(status: number): number {
  if (status === 401 || status === 403) return exitCodes.notPermitted;
  if (status === 409) return exitCodes.notNow;
  if (status === 429 || status === 502 || status === 503 || status === 504) return exitCodes.unreachable;
  return status >= 400 && status < 500 ? exitCodes.badInput : exitCodes.fault;
}

function nextOf(status: number, advice: Advice): string | undefined {
  if (status === 401) return advice.signIn;
  if (codeOf(status) === exitCodes.unreachable) return advice.again;
  return status === 500 ? advice.fault : undefined;
}
