/** Errors as HTTP says them: problem details (RFC 9457). What is not ours says nothing of itself. */
import { type errorNames, JalonError } from '#domain/errors.ts';
import type { HttpResponse } from '../contracts/http.ts';

const statuses: Readonly<Record<(typeof errorNames)[number], number>> = {
  InvalidInput: 400,
  LaunchDayPast: 409,
  VersionCondemned: 409,
  NotSignedIn: 401,
  NotPermitted: 403,
  NotFound: 404,
  ReleaseNotFound: 404,
  ReleaseExists: 409,
  ProductBusy: 409,
  NotAllowedNow: 409,
  WaitClosed: 409,
  KeyInUse: 409,
  KeyReused: 422,
  LedgerConflict: 409,
  MailRefused: 500,
  ServiceUnavailable: 503,
  ScriptNotStarted: 503,
};
/** What an error quotes may be as long as a body; a person reads the beginning. */
const detailCharactersMax = 2000;

/** `type` is the error's name: its heading in `docs/errors.md`. */
export function problem(
  status: number,
  type: string,
  detail: string,
  headers: HttpResponse['headers'] = {},
): HttpResponse {
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body: JSON.stringify({ type, status, detail: detail.slice(0, detailCharactersMax) }),
  };
}

/** The status of an error of ours, by its name. */
export const statusOf = (name: string): number | undefined => (statuses as Record<string, number>)[name];

export function problemOf(error: unknown): HttpResponse {
  const status = error instanceof JalonError ? statusOf(error.name) : undefined;
  if (status === undefined || status === 500 || !(error instanceof Error))
    return problem(500, 'about:blank', 'something failed here; the log says what');
  // RFC 9110 asks for it beside a 401.
  return problem(status, error.name, error.message, status === 401 ? { 'www-authenticate': 'Bearer' } : {});
}
