/** Commands with an idempotency key: carried out once, answered the same, and nobody else's. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { KeptAnswers } from '#application/ports/idempotency.ts';
import { hourMs } from '#domain/time.ts';
import { releaseApi } from '#functions/http/release-api.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { MemoryAnswers } from '#rehearsal/world/answers.ts';
import type { World } from '#rehearsal/world/world.ts';
import { racers, times } from '#test/adapters/race.ts';
import { crowded, crowdedRelease } from '#test/support/crowded-release.ts';
import { answerOf, ask, claimsOf, eventOf } from '#test/support/http.ts';
import { busy } from '#test/support/refusals.ts';
import { quietWorld, release } from '#test/support/world.ts';

const { releaseId } = release;
const lead = claimsOf('project-lead-1', 'project-lead');
const path = `/releases/${releaseId}/pause`;
const unpausePath = `/releases/${releaseId}/unpause`;
const pause = { reason: 'gel' };
const unpause = { reason: 'fin' };
let world: World;

beforeEach(async () => {
  world = quietWorld();
  await world.start(release);
  await world.clock.runFor(hourMs);
});

const post = (body: unknown, key: string | undefined, claims = lead, to = path) =>
  ask(world, 'POST', to, {
    body,
    claims,
    ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }),
  });
const paused = () => world.releases.peek(releaseId)?.paused;
const facts = () => world.releases.ledger(releaseId).map(({ fact }) => fact.type);

describe('a command with a key', () => {
  it('is carried out once, and answered the same though the release has moved on', async () => {
    const first = await post(pause, '"8e03978e"');
    expect([first.status, first.headers['idempotency-replayed'], paused()]).toEqual([200, undefined, true]);
    await post(unpause, undefined, lead, unpausePath);
    const again = await post(pause, '"8e03978e"');
    expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([200, {}, 'true']);
    expect(paused()).toBe(false);
  });

  it('reads the same in quotes and without', async () => {
    await post(pause, '"k-1"');
    expect((await post(pause, 'k-1')).headers['idempotency-replayed']).toBe('true');
  });

  it('that was wrong is refused the same', async () => {
    const order = `/releases/${releaseId}/phases/preparation/order`;
    const body = { order: 'hold', level: 'full', reason: 'gel' };
    const first = await post(body, 'k-1', lead, order);
    expect([first.status, first.body['type']]).toEqual([400, 'InvalidInput']);
    const again = await post(body, 'k-1', lead, order);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers).toEqual({ ...first.headers, 'idempotency-replayed': 'true' });
  });

  it('that was refused as not there is asked anew once it is', async () => {
    world = quietWorld();
    expect((await post(pause, 'k-1')).status).toBe(404);
    await world.start(release);
    await world.clock.runFor(hourMs);
    const again = await post(pause, 'k-1');
    expect([again.status, again.headers['idempotency-replayed'], paused()]).toEqual([200, undefined, true]);
  });

  it('that was refused because of another is asked anew once the other is over', async () => {
    const { startedBy: _, ...second } = { ...release, releaseId: 'demo-2' };
    const first = await post(second, 'k-1', lead, '/releases');
    expect([first.status, first.body['type']]).toEqual([409, 'ProductBusy']);
    await post({ reason: 'arrêt' }, undefined, lead, `/releases/${releaseId}/abort`);
    const again = await post(second, 'k-1', lead, '/releases');
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, undefined]);
  });

  it('refuses another body and another route under the same key, and writes nothing', async () => {
    await post(pause, 'k-1');
    const before = facts();
    for (const answer of [
      await post(unpause, 'k-1'),
      await post(pause, 'k-1', lead, unpausePath),
      await post({ reason: 'gel' }, 'k-1', lead, `/releases/${releaseId}/abort`),
    ])
      expect([answer.status, answer.body['type']]).toEqual([422, 'KeyReused']);
    expect(facts()).toEqual(before);
  });

  it('is the caller’s own', async () => {
    await post(pause, 'k-1');
    const other = await post(unpause, 'k-1', claimsOf('technical-lead-1', 'technical-lead'), unpausePath);
    expect([other.status, paused()]).toEqual([200, false]);
  });

  it('that was not decided may be sent again: without the role now, with it later', async () => {
    expect((await post(pause, 'k-1', claimsOf('ada', 'support'))).status).toBe(403);
    expect((await post(pause, 'k-1', claimsOf('ada', 'project-lead'))).status).toBe(200);
  });

  it('that was wrong before anything was decided leaves the key free', async () => {
    expect((await post({ paused: 'yes' }, 'k-1')).status).toBe(400);
    expect((await post(pause, 'k-1')).status).toBe(200);
  });

  it.each(['', ' ', 'two words', 'é', '"open', 'a"b', `${'x'.repeat(129)}`])(
    'is refused when the key is %j',
    async (key) => {
      const answer = await post(pause, key);
      expect([answer.status, answer.body['type'], paused()]).toEqual([400, 'InvalidInput', false]);
    },
  );

  it('is forgotten after a day', async () => {
    await post(pause, 'k-1');
    await world.clock.runFor(24 * hourMs);
    expect((await post(unpause, 'k-1', lead, unpausePath)).status).toBe(200);
    expect(paused()).toBe(false);
  });
});

/** The function alone, with a store of answers that can fail, and a way to wait in the middle of a command. */
async function withAnswers(answers: KeptAnswers) {
  const logged: string[] = [];
  let load = async () => {};
  const ports = await crowdedRelease({ ports: { answers } });
  const { releases } = ports;
  const watched = new Proxy(releases, {
    get: (target, method) => {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return async (...given: readonly unknown[]) => {
        if (method === 'load') await load();
        return value.apply(target, given) as unknown;
      };
    },
  });
  const log = { write: (code: string) => void logged.push(code) };
  const handler = handlerOf(releaseApi, { ...ports, releases: watched, log });
  const call = async (body: unknown = pause) => {
    const asked = { body, claims: claimsOf('ada', 'operator'), headers: { 'idempotency-key': 'k-1' } };
    const event = eventOf('POST', `/releases/${crowded.releaseId}/pause`, asked, {
      releaseId: crowded.releaseId,
    });
    return answerOf((await handler(event)) as never);
  };
  const during = (wait: () => Promise<void>) => {
    load = wait;
  };
  return { call, logged, during };
}

describe('two of the same at once', () => {
  it(`one of ${racers} is carried out; the others are told so, and get its answer later`, async () => {
    const { call, during } = await withAnswers(new MemoryAnswers());
    const gate = Promise.withResolvers<void>();
    during(() => gate.promise);
    const all = times(racers, () => call());
    const early = await Promise.race(all);
    expect([early.status, early.body['type']]).toEqual([409, 'KeyInUse']);
    gate.resolve();
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(racers - 1);
    expect((await call()).headers['idempotency-replayed']).toBe('true');
  });
});

describe('a store of answers that fails', () => {
  const fail = async () => {
    throw busy();
  };
  const failing = (...methods: readonly (keyof KeptAnswers)[]) =>
    Object.assign(new MemoryAnswers(), Object.fromEntries(methods.map((method) => [method, fail])));

  it('before the command: nothing is carried out', async () => {
    const { call, logged } = await withAnswers(failing('claim'));
    expect([(await call()).status, logged]).toEqual([503, ['HANDLER_FAILED']]);
  });

  it('after the command: its answer is given, and the failure is logged', async () => {
    const { call, logged } = await withAnswers(failing('keep'));
    expect([(await call()).status, logged]).toEqual([200, ['HANDLER_FAILED']]);
  });

  it('while giving back: the command’s own failure is told', async () => {
    const { call, during, logged } = await withAnswers(failing('giveBack'));
    during(async () => {
      throw busy('the store');
    });
    const answer = await call();
    expect([answer.status, answer.body['detail'], logged.length]).toEqual([
      503,
      'the store did not answer, or is at its limit (ThrottlingException)',
      2,
    ]);
  });

  it('gives the key back when the command could not be decided', async () => {
    const { call, during } = await withAnswers(new MemoryAnswers());
    during(async () => {
      throw busy('the store');
    });
    expect((await call()).status).toBe(503);
    during(async () => {});
    expect((await call({ reason: 'another body' })).status).toBe(200);
  });
});
