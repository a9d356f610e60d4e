/** What the API refuses, as one sentence and an exit code (problem details, RFC 9457; the gateway's own answers have none). */
import * as z from 'zod';
import { CommandFailed, exitCodes } from '../terminal/exit.ts';

const Problem = z.object({ type: z.string(), detail: z.string() });
const GatewayAnswer = z.object({ message: z.string() });

export function refusalOf(what: string, status: number, body: unknown): CommandFailed {
  const problem = Problem.safeParse(body).data;
  const said = problem?.detail ?? GatewayAnswer.safeParse(body).data?.message;
  const name = problem === undefined || problem.type === 'about:blank' ? '' : ` ${problem.type}`;
  // A path that nobody knows, rather than something that is not there.
  const isUnknown = status === 405 || (status === 404 && name === '');
  const advice = isUnknown
    ? 'this API does not have that operation: is it older than this command?'
    : adviceOf(status);
  const sentence = [said, advice].filter((part) => part !== undefined).join('; ');
  return new CommandFailed(
    codeOf(status),
    `${what}: ${status}${name}${sentence === '' ? '' : `: ${sentence}`}`,
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

function adviceOf(status: number): string | undefined {
  if (status === 401) return 'sign in again: a token lasts an hour';
  if (codeOf(status) === exitCodes.unreachable) return 'run the command again in a moment';
  return status === 500 ? 'this is a fault of Jalon: the log of the API says more' : undefined;
}
