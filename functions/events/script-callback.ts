/**
 * A pipeline outside AWS says how the run of a script stands: kept, then the wait for it is looked at. Sending the same again
 * is harmless, and what comes before the wait is armed is found when it is.
 * Triggered by `POST /callbacks/scripts` (API Gateway HTTP API, payload 2.0). The route has no authorizer: the message's
 * signature is the proof, and before it is verified nothing is parsed, read or told.
 */

import { settling } from '#application/port-groups.ts';
import { reviewRun } from '#application/script.ts';
import { InvalidInput } from '#domain/errors.ts';
import { HttpRequest, HttpResponse, languageOf, textOf } from '../contracts/http.ts';
import { violationsOf } from '../contracts/violations.ts';
import { callbackBytesMax, commandOf, ScriptCallback } from '../contracts/webhook.ts';
import { define } from '../runtime/definition.ts';
import { logFailure } from '../runtime/failure.ts';
import { problem, problemOf } from '../runtime/problem.ts';

const accepted: HttpResponse = { statusCode: 204, headers: { 'cache-control': 'no-store' }, body: '' };

export const scriptCallback = define({
  name: 'script-callback',
  needs: [...settling, 'runs', 'scriptReports', 'signatures'],
  input: HttpRequest,
  output: HttpResponse,
  run: async (request, ports) => {
    const language = languageOf(request, 'en');
    const refuse = (response: HttpResponse) => {
      ports.log.write('CALLBACK_REFUSED', { status: response.statusCode });
      return response;
    };
    try {
      const body = textOf(request);
      if (new TextEncoder().encode(body).length > callbackBytesMax)
        return refuse(
          await problem(
            ports,
            413,
            { code: 'callback-too-long', params: { bytesMax: callbackBytesMax } },
            language,
          ),
        );
      if (!(await ports.signatures.verify({ headers: request.headers, body })))
        return refuse(await problem(ports, 401, { code: 'signature-wrong', params: {} }, language));
      const report = parse(body);
      const { marker } = report;
      // Nothing is kept for releases that do not exist.
      await ports.releases.load(marker.split('/')[0] ?? '');
      await ports.scriptReports.put(report);
      await reviewRun(ports, { command: commandOf(marker), marker });
      return accepted;
    } catch (error) {
      const response = await problemOf(ports, error, language);
      if (response.statusCode < 500) return refuse(response);
      logFailure(ports.log, 'script-callback', error);
      return response;
    }
  },
});

/** Throws InvalidInput, which repeats nothing of the body. */
function parse(body: string) {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new InvalidInput({ code: 'body-not-json', params: {} });
  }
  const parsed = ScriptCallback.safeParse(json);
  if (parsed.success) return parsed.data;
  const violations = violationsOf(parsed.error, json);
  throw new InvalidInput({ code: 'body-broken', params: { violations } });
}
