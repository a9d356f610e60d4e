/**
 * A service on 127.0.0.1 that the SDK's own clients speak to: it keeps each request as it came over the wire, and gives the
 * answers that a test has prepared, one per request, or those of a stand-in for the service (`*.fake.ts`).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';

export interface Asked {
  /** `SendTaskSuccess` where the protocol names it, else method and path with query. */
  readonly operation: string;
  readonly body: unknown;
  readonly headers: IncomingMessage['headers'];
}
/** An answer, or how the line breaks. */
export type Answer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | ((asked: Asked) => string);
    }
  | 'hang up'
  /** Until whoever asked loses patience, which is at once. */
  | 'say nothing'
  /** The same, and nobody loses patience. */
  | 'keep waiting';

export const json = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0', ...headers },
  body: JSON.stringify(body),
});
/** An error as the JSON protocols say it; SQS and CloudWatch repeat the name in a header of the query protocol. */
export const refused = (name: string, status = 400, message = `said ${name}`): Answer => ({
  status,
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-errortype': name,
    'x-amzn-query-error': `${name};${status < 500 ? 'Sender' : 'Receiver'}`,
  },
  body: JSON.stringify({ __type: name, message }),
});
const xml = (status: number, body: string): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});
export const queryAnswer = (action: string, result: string): Answer =>
  xml(
    200,
    `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  );
export const queryRefused = (code: string, status = 400, message = `said ${code}`): Answer =>
  xml(
    status,
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  );

function parsed(text: string, type: string): unknown {
  if (text === '') return undefined;
  if (type.includes('json')) return JSON.parse(text);
  return type.includes('form-urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : text;
}

function operationOf({ method, url, headers }: IncomingMessage, body: unknown): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? '';
  if (typeof body === 'object' && body !== null && 'Action' in body) return String(body.Action);
  return `${method} ${url}`;
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = parsed(Buffer.concat(chunks).toString('utf8'), request.headers['content-type'] ?? '');
  return { operation: operationOf(request, body), body, headers: request.headers };
}

function give(answer: Answer | undefined, asked: Asked, response: ServerResponse): void {
  if (answer === 'say nothing' || answer === 'keep waiting') return;
  if (answer === 'hang up') {
    response.socket?.destroy();
    return;
  }
  const { status, headers, body } = answer ?? {
    status: 501,
    headers: {},
    body: 'the test has no more answers',
  };
  response.writeHead(status, { ...headers }).end(typeof body === 'string' ? body : body(asked));
}

/** How long a client of `settings` waits for an answer: longer than any machine is busy. */
export const requestMsMax = 60_000;

/** A service for the tests of one file. Each test says its answers first; unused ones fail it. */
export function wireService() {
  const asked: Asked[] = [];
  const answers: Answer[] = [];
  let standIn: ((asked: Asked) => Answer) | undefined;
  let endpoint = '';
  let patience = new AbortController();
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      asked.push(one);
      const answer = answers.shift() ?? standIn?.(one);
      give(answer, one, response);
      if (answer === 'say nothing') loseAllPatience();
    });
  });
  /** Time passes, and as much of it as anybody waits: timers of clients, and signals of adapters. */
  function loseAllPatience(): void {
    patience.abort(new DOMException('there was no answer in time', 'TimeoutError'));
    vi.advanceTimersByTime(requestMsMax);
  }

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('the service has no port');
    endpoint = `http://127.0.0.1:${address.port}`;
  });
  // Adapters wait for some seconds, which a busy machine may need for an answer: here they wait until silence ends it.
  beforeEach(() => {
    patience = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => patience.signal);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    const unused = answers.splice(0).length;
    asked.splice(0);
    standIn = undefined;
    expect(unused, 'answers that nobody asked for').toBe(0);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    asked,
    /** Where one of them is silence, time stands still until the service has read the request. */
    answer: (...next: readonly Answer[]) => {
      if (next.includes('say nothing')) vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      answers.push(...next);
    },
    /** Answers every request of this test for which nothing is prepared. */
    serve: (service: (asked: Asked) => Answer) => {
      standIn = service;
    },
    operations: () => asked.map(({ operation }) => operation),
    /** Settings of a client that speaks to this service and tries once; ask for them after the answers were given. */
    settings: () => ({
      endpoint,
      region: 'eu-west-3',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' },
      maxAttempts: 1,
      requestHandler: { requestTimeout: requestMsMax, throwOnRequestTimeout: true },
    }),
  };
}

/** How every service says that it is busy or broken, and how a line breaks: the error that the SDK makes of it. */
export const outages: readonly (readonly [what: string, answer: Answer])[] = [
  ['is throttled', refused('ThrottlingException')],
  ['is throttled by status', refused('SomethingNew', 429)],
  ['breaks', refused('InternalServerException', 500)],
  ['is down', refused('ServiceUnavailable', 503)],
  ['hangs up', 'hang up'],
  ['says nothing', 'say nothing'],
];
