/**
 * Scripts run by any pipeline that takes a signed webhook and calls back (`docs/reference/scripts.md`). Messages are those of the
 * Standard Webhooks specification; the id of a message follows from the run's marker, so a pipeline recognises a run that is
 * asked for twice. How a run stands is what its callbacks said (`functions/events/script-callback.ts`).
 */
import { createHash } from 'node:crypto';
import type { Clock } from '#application/ports/ports.ts';
import type { ScriptReports, ScriptRunner } from '#application/ports/scripts.ts';
import { ScriptNotStarted, ServiceUnavailable } from '#domain/errors.ts';
import { commandOf, type ScriptRequest } from '../../contracts/webhook.ts';
import { webhookRuns } from './runs.ts';
import { sign } from './standard-webhooks.ts';

export interface PipelineWebhookSettings {
  /** Of the pipeline: https, or http on this machine. */
  readonly url: string;
  /** Of our own API, where the pipeline calls back. */
  readonly callbackUrl: string;
  /** Throws ServiceUnavailable. */
  readonly secret: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly reports: Pick<ScriptReports, 'get'>;
  /** How long the pipeline may take to accept a run. */
  readonly timeoutMs: number;
}

const local: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** The pipeline is busy or broken: it may or may not have accepted the run, and the same message may be sent again. */
const tryAgain: readonly number[] = [408, 425, 429];

export function webhookScripts(settings: PipelineWebhookSettings): ScriptRunner {
  const { callbackUrl, secret, clock, timeoutMs } = settings;
  const url = safeUrl(settings.url);
  const { host } = url;

  const post = async (headers: Readonly<Record<string, string>>, body: string): Promise<number> => {
    try {
      const { status, body: answer } = await settings.fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'jalon' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      // Nothing of it is needed, and it has no limit.
      await answer?.cancel().catch(() => {});
      return status;
    } catch (error) {
      throw new ServiceUnavailable({ code: 'pipeline-silent', params: { host } }, { cause: error });
    }
  };

  return {
    /** Throws ScriptNotStarted when refused, ServiceUnavailable when busy or silent: starting again is safe. */
    async start({ marker, path, arguments: values, timeoutMinutes }) {
      const request: ScriptRequest = {
        marker,
        script: path,
        arguments: values,
        timeoutMinutes,
        callback: callbackUrl,
      };
      const body = JSON.stringify(request);
      const status = await post({ ...sign(await secret(), messageIdOf(marker), clock.nowMs(), body) }, body);
      if (status >= 200 && status < 300) return { command: commandOf(marker) };
      if (status >= 500 || tryAgain.includes(status)) {
        throw new ServiceUnavailable({ code: 'pipeline-busy', params: { host, status } });
      }
      throw new ScriptNotStarted({ code: 'pipeline-refused', params: { host, script: path, status } });
    },

    ...webhookRuns(settings),
  };
}

/** The same for every try of one run; without full stops, as the specification asks. */
const messageIdOf = (marker: string) =>
  `script_${createHash('sha256').update(marker).digest('hex').slice(0, 32)}`;

/** Throws RangeError: what is sent tells what is deployed where. */
function safeUrl(text: string): URL {
  const url = new URL(text);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && local.includes(url.hostname));
  if (isSafe && url.username === '' && url.password === '') return url;
  throw new RangeError(
    `the pipeline's address at ${url.host} must be https, or http on this machine, and without a password`,
  );
}
