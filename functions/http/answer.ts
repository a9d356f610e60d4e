/** What one request is told: who asks, what they ask, the definition's answer, or a problem. */
import type { Power, With } from '#application/port-groups.ts';
import { NotPermitted } from '#domain/errors.ts';
import type { Actor } from '../contracts/actor.ts';
import {
  bodyCharactersMax,
  type HttpRequest,
  type HttpResponse,
  isForeign,
  languageOf,
  membersOf,
  textOf,
} from '../contracts/http.ts';
import { parsedBy } from '../contracts/violations.ts';
import type { Definition } from '../runtime/definition.ts';
import { logFailure } from '../runtime/failure.ts';
import { problem, problemOf } from '../runtime/problem.ts';
import { actorOf } from './actor.ts';
import { revalidated } from './etag.ts';
import { once } from './once.ts';

/** An input of the definition. */
type Input = Readonly<Record<string, unknown>> & { readonly actor: Actor };

export async function answer(
  definition: Definition,
  request: HttpRequest,
  ports: With<Power>,
): Promise<HttpResponse> {
  try {
    return request.requestContext.http.method === 'GET'
      ? await read(definition, request, ports)
      : await command(definition, request, ports);
  } catch (error) {
    const response = await problemOf(ports, error, languageOf(request, 'en'));
    if (error instanceof NotPermitted) audit(definition, request, error, ports);
    if (response.statusCode >= 500) logFailure(ports.log, definition.name, error);
    return response;
  }
}

/** Who tried what is worth knowing, though nothing came of it. */
function audit(
  { name }: Definition,
  { rawPath }: HttpRequest,
  { refusal }: NotPermitted,
  { log }: With<Power>,
): void {
  log.write('COMMAND_REFUSED', { operation: name, path: rawPath, refusal });
}

async function read(definition: Definition, request: HttpRequest, ports: With<Power>): Promise<HttpResponse> {
  const input = inputOf(definition, request, request.queryStringParameters ?? {}, ports);
  return revalidated(request, await outputOf(definition, input, ports));
}

async function command(
  definition: Definition,
  request: HttpRequest,
  ports: With<Power>,
): Promise<HttpResponse> {
  const sent = textOf(request);
  if (sent.length > bodyCharactersMax)
    return problem(
      ports,
      413,
      {
        code: 'body-too-long',
        params: { characters: sent.length, charactersMax: bodyCharactersMax },
      },
      languageOf(request, 'en'),
    );
  if (isForeign(request))
    return problem(ports, 415, { code: 'body-of-another-type', params: {} }, languageOf(request, 'en'));
  const input = inputOf(definition, request, membersOf(sent), ports);
  return once(request, input.actor.userId, ports, async () => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: await outputOf(definition, input, ports),
  }));
}

/** The definition's answer as JSON. */
const outputOf = async ({ run, output }: Definition, input: Input, ports: With<Power>): Promise<string> =>
  JSON.stringify(output.parse(await run(input, ports)));

/** Who asks is the token's, parameters of the path win over what else was sent. Throws InvalidInput, NotSignedIn. */
function inputOf(
  { name, input }: Definition,
  request: HttpRequest,
  asked: object,
  { plan, clock }: With<Power>,
): Input {
  const actor = actorOf(request, plan, clock.nowMs());
  // `proxy` is the gateway's own: the rest of a path behind `{proxy+}`.
  const { proxy: _, ...path } = request.pathParameters ?? {};
  const inPath = Object.entries(path).map(([parameter, value]) => [parameter, decoded(value)] as const);
  const sent = { ...asked, ...Object.fromEntries(inPath), actor };
  return parsedBy(name, input, sent) as Input;
}

/** The gateway decodes what it knows as a parameter, the rest of a path stays as it was sent; no name of ours has a `%`. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
