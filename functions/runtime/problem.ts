/**
 * Errors as HTTP says them: problem details (RFC 9457), as a code with parameters and in words. What is not ours says nothing
 * of itself.
 */
import type { BasePorts } from '#application/port-groups.ts';
import { beginningOf } from '#domain/cut.ts';
import { type errorNames, JalonError } from '#domain/errors.ts';
import type { Refusal, RefusalOf } from '#domain/refusals/refusals.ts';
import type { Language } from '#presentation/format.ts';
import type { HttpResponse } from '../contracts/http.ts';

const statuses: Readonly<Record<(typeof errorNames)[number], number>> = {
  InvalidInput: 400,
  LaunchDayPast: 409,
  LaunchDayImpossible: 409,
  VersionMarkedBad: 409,
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
/** A person reads the beginning. */
const detailCharactersMax = 2000;

type Sayer = Pick<BasePorts, 'sayRefusal'>;

/** A problem that the status explains, and no error of ours. */
export const problem = (
  ports: Sayer,
  status: number,
  refusal: RefusalOf<'about:blank'>,
  language: Language,
  headers: HttpResponse['headers'] = {},
): Promise<HttpResponse> => documentOf(ports, status, 'about:blank', refusal, language, headers);

/** `type` is the error's name: its heading in `docs/reference/errors.md`; codes are listed in `docs/reference/refusals.md`. */
async function documentOf(
  { sayRefusal }: Sayer,
  status: number,
  type: string,
  refusal: Refusal,
  language: Language,
  headers: HttpResponse['headers'],
): Promise<HttpResponse> {
  const detail = beginningOf(await sayRefusal(language, refusal), detailCharactersMax);
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': language,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body: JSON.stringify({ type, status, ...refusal, detail }),
  };
}

/** The status of an error of ours, by its name. */
export const statusOf = (name: string): number | undefined => (statuses as Record<string, number>)[name];

export async function problemOf(ports: Sayer, error: unknown, language: Language): Promise<HttpResponse> {
  const status = error instanceof JalonError ? statusOf(error.name) : undefined;
  if (status === undefined || status === 500 || !(error instanceof JalonError))
    return problem(ports, 500, { code: 'fault', params: {} }, language);
  // RFC 9110 asks for it beside a 401.
  const headers: HttpResponse['headers'] = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return documentOf(ports, status, error.name, error.refusal, language, headers);
}
