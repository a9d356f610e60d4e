/**
 * One question over HTTP and its answer in JSON, within limits: time, bytes, tries, a breaker per provider. Nothing of a
 * secret leaves it, whatever the provider says, and an error of `fetch` is only named: its message may quote a header.
 */

import type { Clock } from '#application/ports/ports.ts';
import { present } from '#domain/present.ts';
import type { Quoted } from '#domain/quoted.ts';
import { circuit, leftAlone } from '../circuit.ts';
import { answerBytesMax, answerMsMax, restMs, triesMax } from './limits.ts';
import { redacted } from './redaction.ts';
import { type Unknown, unknown } from './unknown.ts';

export interface HttpQuestion {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}
interface Authorized {
  readonly headers: Readonly<Record<string, string>>;
  /** What must not be repeated anywhere. */
  readonly secrets: readonly string[];
}
/** Headers that say who asks. May throw: then nothing is asked. */
export type Authorize = (question: HttpQuestion) => Promise<Authorized>;

interface Heard {
  /** `refused`: with a status of 400 to 499, which the provider's API explains. */
  readonly kind: 'answered' | 'refused';
  readonly status: number;
  /** Undefined when a refusal is no JSON. */
  readonly json: unknown;
  /** How the body begins. */
  readonly said: Quoted;
  /** Makes any text of the answer fit for a result. */
  redact(text: string): Quoted;
}
export type HttpAnswer = Heard | Unknown;

export interface ExchangeSettings {
  /** As people know it, for example `Prometheus at metrics.example.com`. */
  readonly source: string;
  readonly authorize: Authorize;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}
export type Exchange = (question: HttpQuestion, signal: AbortSignal) => Promise<HttpAnswer>;

interface Received {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}
/** Busy or broken: the same question may be answered later. */
const isOutage = (status: number) => status >= 500 || status === 408 || status === 429;
class TooLarge extends Error {}

export function exchange({ source, authorize, fetch, clock }: ExchangeSettings): Exchange {
  const breaker = circuit(clock);

  const send = async (question: HttpQuestion, given: Authorized, signal: AbortSignal): Promise<Received> => {
    const response = await fetch(question.url, {
      method: question.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'jalon',
        ...question.headers,
        ...given.headers,
      },
      ...present({ body: question.body }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]),
    });
    const type = response.headers.get('content-type') ?? 'no type';
    return { status: response.status, type, text: await textOf(response) };
  };

  /** One try; `failed` where another one may succeed. */
  const attempt = async (question: HttpQuestion, signal: AbortSignal): Promise<Attempt> => {
    let given: Authorized;
    try {
      given = await authorize(question);
    } catch (error) {
      return failed(unknown('credentials-unreadable', { source, error: nameOf(error) }));
    }
    try {
      const received = await send(question, given, signal);
      if (!isOutage(received.status)) return { answer: answerOf(source, received, given.secrets) };
      const said = redacted(received.text, given.secrets);
      return failed(unknown('source-answered', { source, status: received.status, said }));
    } catch (error) {
      return error instanceof TooLarge
        ? { answer: unknown('answer-too-large', { source, bytesMax: answerBytesMax }) }
        : failed(unknown('source-silent', { source, error: nameOf(error) }));
    }
  };

  return async (question, signal) => {
    let failure = unknown('look-over', { source });
    for (let tries = 0; tries < triesMax && !signal.aborted; tries += 1) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      if (!breaker.isClosed()) return unknown('source-left-alone', { source, ...leftAlone });
      const { answer, failed } = await attempt(question, signal);
      if (answer) {
        breaker.worked();
        return answer;
      }
      breaker.failed();
      failure = failed;
    }
    return failure;
  };
}

type Attempt =
  | { readonly answer: HttpAnswer; readonly failed?: undefined }
  | { readonly answer?: undefined; readonly failed: Unknown };
const failed = (why: Unknown): Attempt => ({ failed: why });

/** Throws TooLarge. */
async function textOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (bytes > answerBytesMax) throw new TooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function answerOf(source: string, { status, type, text }: Received, secrets: readonly string[]): HttpAnswer {
  const redact = (some: string) => redacted(some, secrets);
  const said = redact(text);
  if (status >= 300 && status < 400) return unknown('source-redirects', { source, status });
  if (status === 401 || status === 403) return unknown('credentials-refused', { source, status, said });
  const json = parsed(text);
  if (status < 400 && json === undefined)
    return unknown('answer-not-json', { source, type: redact(type), said });
  return { kind: status < 400 ? 'answered' : 'refused', status, json, said, redact };
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The innermost name or code, never the message. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.cause instanceof Error && 'code' in error.cause) return String(error.cause.code);
  return error.name;
}
