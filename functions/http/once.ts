/**
 * Commands with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): carried out once, answered the same for a day.
 * Commands bear being sent twice by themselves; a key gives whoever lost the first answer that answer. Kept is what cannot
 * change: that it was carried out, and that its input is wrong.
 */
import { createHash } from 'node:crypto';
import type { With } from '#application/port-groups.ts';
import type { KeyedRequest } from '#application/ports/idempotency.ts';
import { InvalidInput, KeyInUse, KeyReused } from '#domain/errors.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { Language } from '#presentation/format.ts';
import { type HttpRequest, type HttpResponse, languageOf } from '../contracts/http.ts';
import { logFailure } from '../runtime/failure.ts';
import { problemOf } from '../runtime/problem.ts';

/** Of visible characters, as a structured string (in quotes) or bare. */
const syntax = /^(?:"([!#-~]{1,128})"|([!#-~]{1,128}))$/;

/** Throws what `execute` throws, and InvalidInput, KeyInUse, KeyReused. */
export async function once(
  request: HttpRequest,
  caller: string,
  ports: With<'answers'>,
  execute: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const sent = request.headers['idempotency-key'];
  if (sent === undefined) return execute();
  const keyed = { caller, key: keyIn(sent), digest: digestOf(request) };
  const atMs = ports.clock.nowMs();
  const claim = await ports.answers.claim(keyed, atMs);
  switch (claim.status) {
    case 'answered':
      return { ...claim.answer, headers: { ...claim.answer.headers, 'idempotency-replayed': 'true' } };
    case 'under-way':
      throw new KeyInUse({ code: 'key-in-use', params: {} });
    case 'other':
      throw new KeyReused({ code: 'key-reused', params: {} });
    case 'yours':
      return kept(keyed, atMs, ports, languageOf(request, 'en'), execute);
    default:
      return unreachable(claim);
  }
}

async function kept(
  keyed: KeyedRequest,
  atMs: number,
  ports: With<'answers'>,
  language: Language,
  execute: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const { answers, log } = ports;
  const answer = await execute().catch(async (error: unknown) => {
    // Wrong input stays wrong; any other refusal may be lifted before the command is sent again.
    if (error instanceof InvalidInput) return problemOf(ports, error, language);
    // Should this fail too, the key is free after a minute.
    await answers.giveBack(keyed, atMs).catch((also: unknown) => logFailure(log, 'once', also));
    throw error;
  });
  // It has been carried out, and that is what the caller is told.
  await answers.keep(keyed, atMs, answer).catch((error: unknown) => logFailure(log, 'once', error));
  return answer;
}

function keyIn(sent: string): string {
  const [, quoted, bare] = syntax.exec(sent) ?? [];
  const key = quoted ?? bare;
  if (key !== undefined) return key;
  throw new InvalidInput({ code: 'key-malformed', params: {} });
}

const digestOf = ({ requestContext: { http }, rawPath, body = '' }: HttpRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([http.method, rawPath, body]))
    .digest('base64url');
