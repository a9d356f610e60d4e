/** Errors as HTTP says them: problem details (RFC 9457). What is not ours says nothing of itself. */
import { JalonError } from '#domain/errors.ts';
import type { HttpResponse } from '../contracts/http.ts';

const statuses: Readonly<Record<string, number>> = {
  InvalidInput: 400,
  LaunchDayPast: 400,
  NotPermitted: 403,
  ReleaseNotFound: 404,
  ReleaseExists: 409,
  ProductBusy: 409,
  NotAllowedNow: 409,
  LedgerConflict: 409,
  ServiceUnavailable: 503,
};

/** `type` is the error's name: its heading in `docs/errors.md`. */
export function problem(status: number, type: string, detail: string): HttpResponse {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({ type, status, detail }),
  };
}

export function problemOf(error: unknown): HttpResponse {
  const status = error instanceof JalonError ? statuses[error.name] : undefined;
  if (status === undefined || !(error instanceof Error))
    return problem(500, 'about:blank', 'something failed here; the log says what');
  return problem(status, error.name, error.message);
}
