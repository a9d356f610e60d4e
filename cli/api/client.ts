/** The API over HTTP: a limit on every wait, reads tried again, a key on every command, refusals as sentences. */
import { present } from '#domain/present.ts';
import type { CommandName, ReadName } from '#functions/runtime/operations.ts';
import type { Language } from '#presentation/format.ts';
import { shown } from '#presentation/words.ts';
import { CommandFailed, exitCodes } from '../terminal/exit.ts';
import type { Endpoint } from './endpoint.ts';
import { brokenAnswer, refusalOf } from './problem.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { requestOf, type ValuesFor } from './requests.ts';

/** API Gateway gives up after 29. */
const answerSecondsMax = 35;
const readsMax = 3;
const betweenReadsMs = 500;
/** Of a service that is at its limit, or away for a moment. */
const passing = [429, 502, 503, 504];

export interface ApiAnswer {
  /** The request, for people. */
  readonly what: string;
  /** As it came. */
  readonly text: string;
  /** Of it, with marks for what cannot be seen but the line feeds of a template. */
  readonly value: unknown;
  readonly etag?: string;
}

export class Client {
  readonly #place: Endpoint;
  readonly #processEnvironment: Pick<ProcessEnvironment, 'wait'>;
  readonly #language: Language;
  readonly #signal: AbortSignal | undefined;

  /** `language`: in which refusals are told; `signal` ends a request at once. */
  constructor(
    place: Endpoint,
    processEnvironment: Pick<ProcessEnvironment, 'wait'>,
    language: Language,
    signal?: AbortSignal,
  ) {
    this.#place = place;
    this.#processEnvironment = processEnvironment;
    this.#language = language;
    this.#signal = signal;
  }

  /** `before` is what was answered last time: the same again when nothing has changed. Throws CommandFailed. */
  async read<N extends ReadName>(operation: N, values: ValuesFor<N>, before?: ApiAnswer): Promise<ApiAnswer> {
    const { what, path, rest } = requestOf(operation, values);
    const asked = new URLSearchParams(
      Object.entries(rest).map(([name, value]) => [name, String(value)] as [string, string]),
    );
    const headers = before?.etag === undefined ? {} : { 'if-none-match': before.etag };
    const url = asked.size === 0 ? path : `${path}?${asked}`;
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#ask(url, { headers }).catch((error: unknown) => {
        if (this.#signal?.aborted) throw interrupted();
        if (attempt === readsMax) throw this.#unreachable(what, error);
        return undefined;
      });
      if (response?.status === 304 && before !== undefined) return before;
      if (response !== undefined && (attempt === readsMax || !passing.includes(response.status)))
        return answerOf(what, response, this.#language);
      await this.#processEnvironment.wait(betweenReadsMs * attempt).catch(() => {
        throw interrupted();
      });
    }
  }

  /** Sent once: whether a lost answer was carried out is not known, but the same key makes it safe to send again. Throws CommandFailed. */
  async command<N extends CommandName>(
    operation: N,
    values: ValuesFor<N>,
    key: string,
  ): Promise<ApiAnswer & { readonly replayed: boolean }> {
    const { what, path, rest } = requestOf(operation, values);
    const response = await this.#ask(path, {
      method: 'POST',
      body: JSON.stringify(rest),
      headers: { 'content-type': 'application/json', 'idempotency-key': `"${key}"` },
    }).catch((error: unknown) => {
      const { message } = this.#unreachable(what, error);
      throw new CommandFailed(
        exitCodes.unreachable,
        `${message}. It may have been carried out: the same command with --idempotency-key ${key} is never carried out twice`,
      );
    });
    return { ...answerOf(what, response, this.#language), replayed: response.replayed };
  }

  async #ask(path: string, init: RequestInit): Promise<Answered> {
    const { api, token } = this.#place;
    const answered = await fetch(`${api}${path}`, {
      ...init,
      headers: {
        ...init.headers,
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'accept-language': this.#language,
      },
      // A token goes nowhere else.
      redirect: 'error',
      signal: AbortSignal.any([
        AbortSignal.timeout(answerSecondsMax * 1000),
        ...(this.#signal === undefined ? [] : [this.#signal]),
      ]),
    });
    const etag = answered.headers.get('etag');
    return {
      status: answered.status,
      text: await answered.text(),
      replayed: answered.headers.get('idempotency-replayed') === 'true',
      ...(etag === null ? {} : { etag }),
    };
  }

  #unreachable(what: string, error: unknown): CommandFailed {
    const { cause } = error as { readonly cause?: unknown };
    const why =
      error instanceof Error && error.name === 'TimeoutError'
        ? `no answer after ${answerSecondsMax} s`
        : cause instanceof Error
          ? ((cause as NodeJS.ErrnoException).code ?? cause.message)
          : String(error);
    return new CommandFailed(
      exitCodes.unreachable,
      `the API at ${this.#place.api} cannot be reached for ${what} (${why}): check the address, and that it is running`,
    );
  }
}

const interrupted = () => new CommandFailed(exitCodes.interrupted, 'interrupted');

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly replayed: boolean;
  readonly etag?: string;
}

function answerOf(what: string, { status, text, etag }: Answered, language: Language): ApiAnswer {
  const value = jsonOf(text);
  if (status !== 200) throw refusalOf(what, status, value, language);
  if (value === undefined) throw brokenAnswer(what, 'it is no JSON');
  return { what, text, value, ...present({ etag }) };
}

/** What somebody wrote into a comment must not steer the terminal of whoever reads it. A page to fill in keeps its lines. */
export function harmless(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return name === 'template' ? value.split('\n').map(shown).join('\n') : shown(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text, harmless);
  } catch {
    return undefined;
  }
}
