/**
 * Reads that are asked for again (RFC 9110, section 13): what has not changed is not sent again. The tag is of the answer
 * itself, because the same sequence number reads differently after another deployment, and late things become late by the clock.
 */
import { createHash } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../contracts/http.ts';

/** 200 with the body, or 304 when the caller has it. To be asked again each time, and kept for nobody else. */
export function revalidated({ headers }: Pick<HttpRequest, 'headers'>, body: string): HttpResponse {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const kept = { etag, 'cache-control': 'private, no-cache' };
  if (names(headers['if-none-match'] ?? '', etag)) return { statusCode: 304, headers: kept, body: '' };
  return { statusCode: 200, headers: { 'content-type': 'application/json', ...kept }, body };
}

/** Weak comparison, as If-None-Match asks for: `W/` makes no difference. */
const names = (condition: string, etag: string): boolean =>
  condition.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
