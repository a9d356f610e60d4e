/** Requests that are wrong, hostile or odd: each gets a problem that says what is wrong, and nothing is written. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Ports } from '#application/ports/ports.ts';
import { errorNames, JalonError } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { hourMs } from '#domain/time.ts';
import { Actor } from '#functions/contracts/actor.ts';
import { HttpRequest } from '#functions/contracts/http.ts';
import { actorOf } from '#functions/http/actor.ts';
import { api } from '#functions/http/api.ts';
import { readApi } from '#functions/http/read-api.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { permitted } from '#functions/runtime/permission.ts';
import { problemOf } from '#functions/runtime/problem.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import type { World } from '#rehearsal/world/world.ts';
import { type Answer, type Asked, answerOf, ask, claimsOf, eventOf } from '#test/support/http.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { busy } from '#test/support/refusals.ts';
import { quietWorld, release } from '#test/support/world.ts';
import description from '../../../docs/reference/openapi.json' with { type: 'json' };

const { releaseId } = release;
const claims = claimsOf('project-lead-1', 'project-lead');
const pause = `/releases/${releaseId}/pause`;
let world: World;

beforeEach(async () => {
  world = quietWorld();
  await world.start(release);
  await world.clock.runFor(hourMs);
});

const facts = () => world.releases.ledger(releaseId).map(({ fact }) => fact);
const post = (body: unknown, more: Asked = {}) => ask(world, 'POST', pause, { claims, body, ...more });

/** Headers that a status has beside those of every problem. */
const withStatus = { 401: { 'www-authenticate': 'Bearer' }, 405: { allow: expect.any(String) } };

/** By `docs/reference/openapi.json`. */
const problems = new Ajv2020({ strict: false });
function asDescribed(status: number, body: Answer['body']): boolean {
  // No operation answers a wrong method.
  if (status === 405) return true;
  const described = description.components.responses[`${status}` as '400'];
  return problems.validate(described.content['application/problem+json'].schema, body);
}

function isProblem({ status, headers, body }: Answer, expected: number, type = 'about:blank') {
  expect([status, body['type'], body['status']]).toEqual([expected, type, expected]);
  expect(headers).toEqual({
    ...withStatus[expected as keyof typeof withStatus],
    'content-type': 'application/problem+json',
    'content-language': 'en',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(Object.keys(body)).toEqual(['type', 'status', 'code', 'params', 'detail']);
  expect(asDescribed(expected, body)).toBe(true);
  return String(body['detail']);
}

describe('a body', () => {
  const good = { reason: 'gel' };

  it.each<[string, unknown, RegExp]>([
    ['that is not JSON', '{"reason":', /the body is not JSON/],
    ['that is a form', 'reason=gel', /the body is not JSON/],
    ['that is a list', [], /the body is a list: a JSON object is needed/],
    ['that is a list of what it should be', [good], /the body is a list/],
    ['that is a text', '"reason"', /the body is a string/],
    ['that is a number', '1', /the body is a number/],
    ['that is null', 'null', /the body is null/],
    ['that is empty', '', /reason: /],
    ['that is left out', undefined, /reason: /],
    ['with a member that nobody knows', { ...good, force: true }, /Unrecognized key: "force"/],
    ['with a member of another type', { reason: 7 }, /reason: /],
    ['with a text that is too long', { ...good, reason: 'x'.repeat(2001) }, /reason: /],
    ['of lists in lists', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, /nests deeper than 16 levels/],
    ['that says the same twice', '{"reason":"a","re\\u0061son":"b"}', /a member of an object twice/],
  ])('%s is refused with what is wrong', async (_, body, detail) => {
    const before = facts().length;
    expect(isProblem(await post(body), 400, 'InvalidInput')).toMatch(detail);
    expect(facts()).toHaveLength(before);
    expect(world.logs.filter(({ code }) => code === 'HANDLER_FAILED')).toEqual([]);
  });

  it('that lacks several members is refused with all of them', async () => {
    const path = `/releases/${releaseId}/candidate/replace`;
    const answer = await ask(world, 'POST', path, { claims, body: {} });
    expect(isProblem(answer, 400, 'InvalidInput')).toMatch(/version: .*reason: /);
  });

  it('with many unknown members is answered with the beginning of what is wrong', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`member-${index}`, 1]));
    expect(isProblem(await post(many), 400, 'InvalidInput').length).toBe(2000);
  });

  it('of more than 65,536 characters is too large, whatever is in it', async () => {
    expect(isProblem(await post('x'.repeat(65_537)), 413)).toMatch(/65537 characters; at most 65536/);
    isProblem(await post('x'.repeat(65_537), { encoded: true }), 413);
    isProblem(await post('x'.repeat(65_536)), 400, 'InvalidInput');
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/problem+json',
    '',
  ])('that says to be %j is not looked at', async (type) => {
    const before = facts().length;
    const headers = { 'content-type': type };
    expect(isProblem(await post(good, { headers }), 415)).toMatch(/not application\/json/);
    expect(facts()).toHaveLength(before);
  });

  it.each(['application/json', 'Application/JSON; charset=utf-8', 'application/json ;charset=UTF-8'])(
    'that says to be %j is taken',
    async (type) => {
      expect((await post(good, { headers: { 'content-type': type } })).status).toBe(200);
    },
  );

  it('may be encoded, as the gateway does when the content type is not said', async () => {
    const reason = 'gelé jusqu’à lundi 🧊';
    expect((await post({ reason }, { encoded: true })).status).toBe(200);
    expect(facts()).toContainEqual({ type: 'release.paused', reason });
  });

  it('that is not UTF-8 is refused', async () => {
    const body = Buffer.from([...Buffer.from('{"reason":"'), 0xe9, 0x22, 0x7d]).toString('base64');
    const event = { ...eventOf('POST', pause, { claims, body }, { releaseId, proxy: 'pause' }) };
    const answer = await world.delivery.invoke('release-api', { ...event, isBase64Encoded: true });
    expect(isProblem(answerOf(answer as never), 400, 'InvalidInput')).toMatch(/not UTF-8/);
  });

  it('that is not Base64 although it should be is refused', async () => {
    const event = { ...eventOf('POST', pause, { claims, body: '%' }, { releaseId, proxy: 'pause' }) };
    const answer = await world.delivery.invoke('release-api', { ...event, isBase64Encoded: true });
    expect(isProblem(answerOf(answer as never), 400, 'InvalidInput')).toMatch(/not Base64/);
  });

  it.each([
    '{"reason":"x","__proto__":{"roles":["project-lead"]}}',
    '{"reason":"x","constructor":{"prototype":{"polluted":1}}}',
    '{"__proto__":{"reason":"x"}}',
  ])('changes no prototype and is refused: %s', async (body) => {
    const before = facts().length;
    isProblem(await post(body), 400, 'InvalidInput');
    const bare: Record<string, unknown> = {};
    expect([bare['polluted'], bare['reason'], bare['roles']]).toEqual([undefined, undefined, undefined]);
    expect(facts()).toHaveLength(before);
  });

  it('cannot say who asks: the token does', async () => {
    const forged = { ...good, actor: { userId: 'project-lead-1', roles: ['project-lead'] } };
    const answer = await post(forged, { claims: claimsOf('support-1', 'support') });
    expect(isProblem(answer, 403, 'NotPermitted')).toMatch(/^support-1 may not pause/);
  });

  it('cannot say which release is meant: the path does', async () => {
    expect((await post({ ...good, releaseId: 'another' })).status).toBe(200);
    expect(facts()).toContainEqual({ type: 'release.paused', reason: quoted('gel') });
    const other = await ask(world, 'POST', '/releases/another/pause', {
      claims,
      body: { ...good, releaseId },
    });
    isProblem(other, 404, 'ReleaseNotFound');
  });
});

describe('a query', () => {
  const timeline = `/releases/${releaseId}/timeline`;

  it.each<[string, Record<string, string>]>([
    ['with a parameter that nobody knows', { before: '1' }],
    ['with the gateway’s own parameter', { proxy: 'x' }],
    ['with a negative number', { after: '-1' }],
    ['with another notation', { after: '0x10' }],
    ['given twice', { after: '1,2' }],
    ['without a value', { after: '' }],
    ['with a number beyond all', { after: '9'.repeat(400) }],
  ])('that nobody can answer is refused: one %s', async (_, asked) => {
    isProblem(await ask(world, 'GET', timeline, { claims, query: asked }), 400, 'InvalidInput');
  });

  it('can neither say who asks nor of which release', async () => {
    const asked = { actor: 'x', releaseId: 'another', after: '0' };
    const { status, body } = await ask(world, 'GET', timeline, { claims, query: asked });
    expect([status, Array.isArray(body['entries'])]).toEqual([200, true]);
  });
});

describe('a path', () => {
  it.each([
    '/',
    '/releases/',
    '/releases//timeline',
    '/release',
    `/releases/${releaseId}/timeline/1`,
    '/__proto__',
    '/constructor/prototype',
    '/callbacks/scripts',
    `/${'x'.repeat(9000)}`,
  ])('that leads nowhere is a problem: GET %s', async (path) => {
    const answer = await ask(world, 'GET', path, { claims });
    if (path === '/releases/') return expect(answer.status).toBe(200);
    expect(isProblem(answer, 404)).toMatch(/^there is no GET \//);
    return undefined;
  });

  it.each([`/releases/${releaseId}/phases/staging/gates`, `/releases/${releaseId}/nothing`])(
    'POST %s: there is no such route',
    async (path) => {
      expect(isProblem(await ask(world, 'POST', path, { claims, body: {} }), 404)).toMatch(
        /^there is no POST/,
      );
    },
  );

  it.each<[string, string, string]>([
    ['HEAD', '/releases', 'GET, POST'],
    ['OPTIONS', '/releases', 'GET, POST'],
    ['PUT', '/releases/', 'GET, POST'],
    ['DELETE', `/releases/${releaseId}`, 'GET'],
    ['POST', `/releases/${releaseId}/timeline`, 'GET'],
    ['GET', `/releases/${releaseId}/pause`, 'POST'],
    ['PATCH', `/releases/${releaseId}/phases/staging/items/3.1.1/tick`, 'POST'],
    ['TRACE', '/releases', 'GET, POST'],
  ])('%s %s is refused with what is allowed: %s', async (method, path, allow) => {
    const answer = await ask(world, method, path, { claims, body: {} });
    isProblem(answer, 405);
    expect(answer.headers['allow']).toBe(allow);
  });

  it('may be encoded, and is read once', async () => {
    const encoded = releaseId.replace('-', '%2D');
    expect((await ask(world, 'GET', `/releases/${encoded}`, { claims })).body['id']).toBe(releaseId);
    const twice = releaseId.replace('-', '%252D');
    isProblem(await ask(world, 'GET', `/releases/${twice}`, { claims }), 400, 'InvalidInput');
  });

  it.each([
    '..',
    '%2e%2e',
    '%',
    '%00',
    'demo-1%0A',
    'DEMO-1',
    '*',
    '__proto__',
    'demo-1%2Ftimeline',
    'é',
    'x'.repeat(400),
  ])('with the id %s names no release', async (id) => {
    const answer = await ask(world, 'GET', `/releases/${id}`, { claims });
    expect(isProblem(answer, 400, 'InvalidInput')).toMatch(/releaseId: a release id: 2 to 24/);
  });

  it.each(['phases/nowhere/gate/approve', 'phases/constructor/resume'])(
    'to %s: the plan has no such phase',
    async (rest) => {
      const body = rest.endsWith('approve')
        ? { role: 'project-lead', comment: '' }
        : { resolution: 'gate', comment: '' };
      const answer = await ask(world, 'POST', `/releases/${releaseId}/${rest}`, { claims, body });
      expect(isProblem(answer, 404, 'NotFound')).toMatch(/the plan has no phase/);
    },
  );

  it.each(['constructor', '__proto__', 'toString', 'no-such'])(
    'to the incident %s: there is none',
    async (incident) => {
      const before = facts().length;
      for (const action of ['resolve', 'acknowledge']) {
        const path = `/releases/${releaseId}/incidents/${incident}/${action}`;
        const answer = await ask(world, 'POST', path, { claims, body: {} });
        expect(isProblem(answer, 404, 'NotFound')).toMatch(/has no incident/);
      }
      expect(facts()).toHaveLength(before);
    },
  );
});

describe('who asks', () => {
  const plan = readPlanForTest('technicia');
  const actor = (given: Record<string, unknown> | undefined) =>
    actorOf(HttpRequest.parse(eventOf('GET', '/releases', { claims: given })), plan, 0);

  it.each<[string, unknown, readonly string[]]>([
    ['the text of the gateway', '[project-lead qa]', ['project-lead', 'qa']],
    ['one group', '[qa]', ['qa']],
    ['one group without brackets', 'qa', ['qa']],
    ['a list', ['qa', 'project-lead', 7], ['project-lead', 'qa']],
    ['no group', '[]', []],
    ['nothing', undefined, []],
    ['null', null, []],
    ['an object', { qa: true }, []],
    ['groups that are no roles', '[eu-west-3_abc_Google qa constructor]', ['qa']],
    ['a group whose name is nearly one', '[x,project-lead project-lead]x QA]', []],
    [
      'more groups than a command takes',
      `[${Array.from({ length: 99 }, (_, n) => `g${n}`).join(' ')} qa]`,
      ['qa'],
    ],
  ])('has the roles in %s', (_, groups, roles) => {
    const given = actor({ username: 'ada', 'cognito:groups': groups });
    expect([given.userId, given.roles.toSorted()]).toEqual(['ada', roles.toSorted()]);
  });

  it('is named by an id token too', () => {
    expect(actor({ 'cognito:username': 'ada' })).toEqual({ userId: 'ada', roles: [] });
  });

  it.each<[string, Record<string, unknown> | undefined]>([
    ['no token', undefined],
    ['no claims', {}],
    ['an empty name', { username: '' }],
    ['a name that is no text', { username: ['project-lead-1'], 'cognito:groups': '[project-lead]' }],
  ])('with a token that names nobody, %s, is refused', async (_, given) => {
    for (const [method, path] of [
      ['GET', '/releases'],
      ['POST', pause],
    ] as const) {
      const answer = await ask(world, method, path, { claims: given, body: { reason: '' } });
      expect(isProblem(answer, 401, 'NotSignedIn')).toMatch(/the token names nobody/);
    }
  });
});

describe('the reader’s language', () => {
  const french = { 'accept-language': 'fr-FR,fr;q=0.9,en;q=0.8' };
  const release404 = '/releases/nobody/pause';
  const good = { reason: 'gel' };
  const asked = (method: string, path: string, more: Asked) =>
    ask(world, method, path, { claims, ...more, headers: { ...french, ...more.headers } });

  it.each<[number, string, () => Promise<Answer>, unknown, string]>([
    [
      400,
      'contract-broken',
      () => asked('POST', pause, { body: { reason: 3 } }),
      {
        of: 'pause-release',
        violations: [
          {
            path: 'reason',
            expectation: { code: 'type', params: { expected: 'string', received: 'number' } },
          },
        ],
      },
      'pause-release : reason : il faut un texte, pas un nombre',
    ],
    [
      400,
      'body-not-object',
      () => asked('POST', pause, { body: [] }),
      { is: 'list' },
      'le corps est une liste : il faut un objet JSON',
    ],
    [
      401,
      'token-without-user',
      () => asked('GET', '/releases', { claims: {} }),
      {},
      "le jeton ne nomme personne : connectez-vous comme utilisateur de l'annuaire",
    ],
    [
      403,
      'role-missing',
      () => asked('POST', pause, { body: good, claims: claimsOf('ada', 'support') }),
      {
        person: 'ada',
        operation: 'pause-release',
        roles: ['project-lead', 'technical-lead'],
        held: ['support'],
      },
      'ada ne peut pas mettre le déploiement en pause : il faut un des rôles project-lead, technical-lead, et les siens sont support',
    ],
    [
      404,
      'no-such-release',
      () => asked('POST', release404, { body: good }),
      { release: 'nobody' },
      "il n'y a pas de déploiement « nobody » : vérifiez l'identifiant, ou démarrez-le",
    ],
    [
      404,
      'no-such-route',
      () => asked('GET', '/deploiements', {}),
      { method: 'GET', path: '/deploiements' },
      "il n'y a pas de GET /deploiements : voyez docs/reference/api.md",
    ],
    [
      405,
      'method-not-allowed',
      () => asked('PUT', '/releases', { body: {} }),
      { method: 'PUT', allowed: ['GET', 'POST'] },
      "PUT n'est pas possible ici : il n'y a que GET, POST",
    ],
    [
      409,
      'not-waited-for',
      () =>
        asked('POST', `/releases/${releaseId}/phases/preparation/resume`, {
          body: { resolution: 'gate', comment: '' },
        }),
      {
        release: releaseId,
        kind: 'hold',
        phase: 'preparation',
        open: [{ kind: 'start', phase: 'preparation' }],
      },
      "le déploiement « demo-1 » n'attend pas la suite à donner à la suspension de « preparation » : il n'attend que le début de « preparation »",
    ],
    [
      413,
      'body-too-long',
      () => asked('POST', pause, { body: 'x'.repeat(65_537) }),
      { characters: 65_537, charactersMax: 65_536 },
      'le corps a 65537 caractères ; 65536 au plus sont permis',
    ],
    [
      415,
      'body-of-another-type',
      () => asked('POST', pause, { body: good, headers: { 'content-type': 'text/plain' } }),
      {},
      "le type du contenu n'est pas application/json : envoyez un objet JSON",
    ],
  ])('is that of the detail: %d %s', async (status, code, answered, params, detail) => {
    const { status: answeredStatus, headers, body } = await answered();
    expect([answeredStatus, headers['content-language']]).toEqual([status, 'fr']);
    expect(body).toEqual({ type: expect.any(String), status, code, params, detail });
  });

  it.each<[string, string | undefined]>([
    ['en', undefined],
    ['en', 'de, *'],
    ['en', 'en-GB, fr'],
    ['fr', 'de, fr;q=0.5'],
    ['fr', 'FR-ca'],
  ])('is the language %s for the header %j', async (language, wanted) => {
    const headers = wanted === undefined ? {} : { 'accept-language': wanted };
    const { headers: told } = await ask(world, 'GET', '/nothing', { claims, headers });
    expect(told['content-language']).toBe(language);
  });

  it('says nothing else of a fault', async () => {
    const document = await problemOf({ sayRefusal }, new Error('key 42 of table secret'), 'fr');
    expect(JSON.parse(document.body)).toEqual({
      type: 'about:blank',
      status: 500,
      code: 'fault',
      params: {},
      detail: 'quelque chose a échoué ici ; le journal dit quoi',
    });
  });
});

describe('what fails here', () => {
  function failing(error: unknown) {
    const logged: unknown[] = [];
    const broken = permitted({
      name: 'list-releases',
      needs: [],
      input: z.object({ actor: Actor }),
      output: z.strictObject({ ok: z.boolean() }),
      run: async () => {
        if (error !== undefined) throw error;
        return { ok: 'yes' } as never;
      },
    });
    const ports = {
      plan: readPlanForTest('technicia'),
      clock: { nowMs: () => 0 },
      sayRefusal,
      log: { write: (code: string, fields: unknown) => void logged.push([code, fields]) },
    } as unknown as Ports;
    const handler = handlerOf(api('read-api', { ...readApi.handlers, 'list-releases': broken }), ports);
    const call = async () => answerOf((await handler(eventOf('GET', '/releases', { claims }))) as never);
    return { call, logged };
  }

  it.each<[string, unknown, string]>([
    ['an error that is not ours', new TypeError('key 42 of table secret'), 'TypeError'],
    ['what is no error', 'table secret', 'unknown'],
    ['an answer that breaks its contract', undefined, 'ZodError'],
  ])('%s: 500, which says nothing of itself and is logged once', async (_, error, name) => {
    const { call, logged } = failing(error);
    expect(isProblem(await call(), 500)).toBe('something failed here; the log says what');
    expect(logged).toEqual([
      ['HANDLER_FAILED', { handler: 'list-releases', error: name, message: expect.any(String) }],
    ]);
  });

  it('a service that is busy: 503, logged once', async () => {
    const { call, logged } = failing(busy());
    expect(isProblem(await call(), 503, 'ServiceUnavailable')).toBe(
      'DynamoDB did not answer, or is at its limit (ThrottlingException)',
    );
    expect(logged).toHaveLength(1);
  });

  it('every error of ours has a status', async () => {
    class Named extends JalonError {
      override readonly name: string;
      constructor(name: string) {
        super({ code: 'fault', params: {} });
        this.name = name;
      }
    }
    const answers = errorNames.map((name) => problemOf({ sayRefusal }, new Named(name), 'en'));
    const statuses = (await Promise.all(answers)).map(({ statusCode }) => statusCode);
    expect(errorNames.filter((_, at) => statuses[at] === 500)).toEqual(['MailRefused']);
  });
});
