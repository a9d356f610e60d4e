/**
 * The API over node:http, in front of a rehearsal's world: what API Gateway and Lambda do between a socket and a function.
 * Requests take no virtual time; the world moves when somebody moves its clock.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { HttpResponse } from '#functions/contracts/http.ts';
import { publicPaths } from '#functions/http/gateway.ts';
import { ask, ownAnswer, type Sent } from './gateway.ts';
import { NotKept } from './journal.ts';
import type { World } from './world/world.ts';

/** What a token says, or undefined for one that lets nobody in. */
export type Tokens = (bearer: string) => Readonly<Record<string, unknown>> | undefined;

/** API Gateway takes no more. */
const bodyBytesMax = 10_000_000;

/** What a request is answered. */
export type Answering = (sent: Sent) => Promise<HttpResponse>;

/** The API of a world. A server that does not listen yet. */
export const apiServer = (world: Pick<World, 'delivery'>, tokens: Tokens): Server =>
  httpServer((sent) => ask(world, sent), tokens);

/** A server that does not listen yet. Pages that mails lead to are for everybody. */
export const httpServer = (answering: Answering, tokens: Tokens): Server =>
  createServer((request, response) => {
    answer(answering, tokens, request, response).catch((error: unknown) => {
      if (error instanceof NotKept) return send(response, notKept(error));
      console.error(error);
      send(response, ownAnswer(500, 'Internal Server Error'));
    });
  });

async function answer(
  answering: Answering,
  tokens: Tokens,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const claims = claimsOf(request, tokens);
  const sent = sentOf(request);
  if (claims === undefined && !publicPaths.includes(sent.path)) return send(response, unauthorized);
  const body = await bodyOf(request);
  if (body === undefined) return send(response, ownAnswer(413, 'Request Entity Too Large'));
  send(response, await answering({ ...sent, ...body, claims }));
}

/** Nothing came of the request, or it cannot be shown: it would be lost with this process. */
const notKept = ({ message }: NotKept): HttpResponse => ({
  ...ownAnswer(503, `Service Unavailable: the journal cannot be written (${message})`),
  headers: { 'content-type': 'application/json', 'retry-after': '5' },
});

const unauthorized = {
  ...ownAnswer(401, 'Unauthorized'),
  headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer' },
};

function claimsOf({ headers }: IncomingMessage, tokens: Tokens) {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return bearer === undefined ? undefined : tokens(bearer);
}

function sentOf({ method = 'GET', url = '/', headers }: IncomingMessage): Sent {
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const told = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return { method, path, query: new URLSearchParams(query), headers: Object.fromEntries(told) };
}

/** In Base64, as the gateway does with what may be no text. Undefined when it is too large. */
async function bodyOf(
  request: IncomingMessage,
): Promise<{ readonly body?: string; readonly isBase64Encoded?: boolean } | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  if (bytes === 0) return {};
  return { body: Buffer.concat(chunks).toString('base64'), isBase64Encoded: true };
}

function send(response: ServerResponse, answered: HttpResponse): void {
  response.writeHead(answered.statusCode, answered.headers);
  response.end(answered.body);
}
