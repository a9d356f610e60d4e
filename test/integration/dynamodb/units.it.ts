/**
 * What `npm run bench:cost` says of the calls of the stores is what they consume: each call of the DynamoDB adapters is metered on
 * DynamoDB Local and held against `bench/cost/stores`.
 */
import { describe, expect, inject, it } from 'vitest';
import { generationOf } from '#application/import-audience.ts';
import type { Ports } from '#application/ports/ports.ts';
import { emptyTally } from '#domain/audience/audience-size.ts';
import type { Imported } from '#domain/audience/person.ts';
import { ProductBusy } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { quoted } from '#domain/quoted.ts';
import { startBake } from '#domain/rules/bake-clock.ts';
import { DynamoAudienceStore } from '#functions/adapters/dynamodb/audience.ts';
import { DynamoAudienceImports } from '#functions/adapters/dynamodb/audience-imports.ts';
import { DynamoBakeStore } from '#functions/adapters/dynamodb/bakes.ts';
import { DynamoCampaignStore } from '#functions/adapters/dynamodb/campaigns.ts';
import { DynamoFeedbackStore } from '#functions/adapters/dynamodb/feedback.ts';
import { DynamoPreferences } from '#functions/adapters/dynamodb/preferences.ts';
import { DynamoReleaseReader } from '#functions/adapters/dynamodb/release-reader.ts';
import { DynamoReleaseStore } from '#functions/adapters/dynamodb/releases.ts';
import { DynamoVersions } from '#functions/adapters/dynamodb/versions.ts';
import { DynamoWaitStore } from '#functions/adapters/dynamodb/waits.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { around } from '#rehearsal/world/around.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { times } from '#test/adapters/race.ts';
import { personOf, record, tallied } from '#test/support/hashed.ts';
import { tokenBytes } from '../../../bench/cost/assumptions.ts';
import { requestsOf } from '../../../bench/cost/requests.ts';
import { storeRules } from '../../../bench/cost/stores.ts';
import { meteredClient } from './metered.ts';
import { freshTable } from './tables.ts';

const product = 'demo';
const by = { at: '2025-03-10T09:00:00.000Z', actor: 'user:ada' };
const atMs = Date.parse(by.at);

type Stores = Pick<Ports, keyof ReturnType<typeof storeRules>>;
const described = Object.entries(storeRules(product)).flatMap(([port, methods]) =>
  Object.keys(methods).map((method) => `${port}.${method}`),
);
const called = new Set<string>();

/** The stores on fresh tables; each of their calls, one at a time, is held against its description when it has ended. */
async function stores(people: readonly Imported[] = []): Promise<Stores> {
  const meter = meteredClient(inject('dynamodb'));
  const table = await freshTable('releases', meter.client);
  const waits = await freshTable('waits', meter.client);
  const audience = { ...table, product, sha256 };
  if (people.length > 0) await publish(new DynamoAudienceImports(audience), people);
  const real: Stores = {
    releases: new DynamoReleaseStore(table),
    reader: new DynamoReleaseReader(table),
    versions: new DynamoVersions(table, product),
    waits: new DynamoWaitStore({ ...waits, clock: { nowMs: () => atMs } }),
    bakes: new DynamoBakeStore(table),
    campaigns: new DynamoCampaignStore(table),
    feedback: new DynamoFeedbackStore(table),
    audience: new DynamoAudienceStore(audience),
    preferences: new DynamoPreferences(audience),
  };
  const request = requestsOf(product);
  return around(real as Ports, async ({ port, method, given }, go) => {
    called.add(`${port}.${method}`);
    meter.taken();
    const end = await go().then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    const { refused, ...taken } = meter.taken();
    const answer = 'answer' in end ? end.answer : undefined;
    const { readUnit = 0, writeUnit = 0 } = request(port, method, given, answer).usage;
    // What a refusal took is in no answer, of AWS neither; a transaction of one row that is written in vain takes two.
    const billed = refused === 0 ? taken : { ...taken, writeUnit: Math.max(writeUnit, 2) };
    const [call] = JSON.stringify(given).match(/^.{0,200}/u) ?? [];
    expect.soft({ readUnit, writeUnit }, `${port}.${method} ${call}`).toEqual(billed);
    if ('error' in end) throw end.error;
    return answer;
  });
}

async function publish(imports: DynamoAudienceImports, people: readonly Imported[]) {
  const generation = generationOf(atMs, '00000000');
  await imports.open(generation, atMs);
  await imports.put(generation, people);
  await imports.publish(generation, tallied(emptyTally, product, people), atMs);
}

const long = (characters: number) => quoted('é'.repeat(characters / 2));

async function happen(store: Stores['releases'], release: Release | string, ...facts: readonly Fact[]) {
  const { next, entries } = record(release, facts, by);
  await store.commit(typeof release === 'string' ? undefined : release, next, entries);
  return next;
}
const closed: Fact = {
  type: 'release.closed',
  outcome: 'aborted',
  reason: { code: 'ordered', params: { reason: quoted('enough') } },
};

describe('a release', () => {
  it('that has every fact is billed as described, from its admission to its end', async () => {
    const { releases } = await stores();
    const [first, ...rest] = Object.values(everyFact);
    let release = await happen(releases, 'r1', first as Fact);
    for (const fact of rest) {
      release = await happen(releases, release, fact);
      await releases.load('r1');
    }
  });

  it('of large rows is billed by their size', async () => {
    const { releases, reader } = await stores();
    let release = await happen(releases, 'r1', everyFact['release.admitted'], everyFact['phase.opened']);
    const evidence = { code: 'words', params: { words: long(3000) } } as const;
    for (const batch of times(4, (index) => index))
      release = await happen(
        releases,
        release,
        ...times(5, (index) => ({ ...everyFact['item.ticked'], item: `${batch}.${index}`, evidence })),
      );
    await reader.load('r1');
    await reader.history('r1', 0, 1000);
    await releases.history('r1', 3, 2);
    await reader.history('r1', 500, 1000);
  });

  it('is listed while it runs and when it has ended', async () => {
    const { releases, reader } = await stores();
    for (const id of times(3, (index) => `r${index}`)) {
      const release = await happen(releases, id, everyFact['release.admitted']);
      await expect(happen(releases, 'other', everyFact['release.admitted'])).rejects.toThrow(ProductBusy);
      for (const store of [releases, reader]) await store.active(10);
      await happen(releases, release, closed);
      for (const store of [releases, reader]) {
        await store.active(10);
        await store.ended(2, undefined);
      }
    }
    await expect(reader.load('none')).rejects.toThrow();
  });

  it('is asked for, refused, and given way to', async () => {
    const { releases, reader } = await stores();
    const start = { releaseId: 'r1', executionArn: 'arn', startedBy: 'ada', at: by.at };
    await releases.keepStart(start);
    for (const store of [releases, reader]) {
      await store.start('r1');
      await store.start('r2');
      await store.access(product);
    }
    await releases.giveWay(1);
  });
});

describe('a version', () => {
  it('is marked and found', async () => {
    const { versions } = await stores();
    const bad = { version: '1.0.0', releaseId: 'r1', by: 'ada', reason: 'loses files' };
    await versions.findBad('1.0.0');
    await versions.markBad(bad);
    await versions.markBad({ ...bad, version: '1.1.0', reason: 'é'.repeat(1000) });
    await versions.findBad('1.0.0');
  });
});

describe('a wait', () => {
  const wanted = {
    releaseId: 'r1',
    waitId: 'pilot.1.gate',
    kind: 'gate',
    phase: 'pilot',
    attempt: 1,
    token: 't'.repeat(tokenBytes),
    armedAt: by.at,
  } as const;

  it('is armed, read, settled and closed', async () => {
    const { waits } = await stores();
    await waits.open('r1');
    await waits.get('r1', wanted.waitId);
    const wait = await waits.arm(wanted);
    await waits.arm({ ...wanted, waitId: 'pilot.2.gate', deadlineAt: by.at, reference: 'r'.repeat(500) });
    await waits.get('r1', wanted.waitId);
    await waits.open('r1');
    await waits.settle(wait, { outcome: 'promote', reason: 'é'.repeat(1000) });
    await waits.settle(wait, { outcome: 'promote' });
    await waits.get('r1', wanted.waitId);
    await waits.close({ ...wait }, 'settled');
    await waits.open('r1');
    const again = await waits.arm(wanted);
    await waits.close(again, 'cancelled');
    await waits.close(again, 'cancelled');
  });
});

describe('a bake', () => {
  it('keeps its memory and each look', async () => {
    const { bakes } = await stores();
    const key = { releaseId: 'r1', waitId: 'pilot.1.bake', epoch: 1, phase: 'pilot', attempt: 1 };
    await bakes.get('r1', key.waitId, 1);
    const first = startBake(atMs);
    const reading = { kind: 'value', value: 1 / 3, samples: 300, control: 0.1 } as const;
    const looks = (many: number) => ({
      atMs,
      exposure: 10,
      checks: Object.fromEntries(
        times(many, (nth) => [`check-${nth}`, { reading, proven: false, blocks: [] }]),
      ),
    });
    await bakes.put(key, undefined, first, looks(1));
    const second = { ...first, lastTickMs: atMs + 60_000, breached: times(200, (nth) => `check-${nth}`) };
    await bakes.put(key, first, second, looks(80));
    await bakes.put(key, first, second, looks(1));
    await bakes.get('r1', key.waitId, 1);
  });
});

describe('a campaign', () => {
  it('is listed page after page', async () => {
    const { campaigns } = await stores();
    await campaigns.listing('c');
    const page = { people: times(500, (index) => personOf(`u${index}`)), cursor: 'BUCKET#00001#x' };
    await campaigns.intend('c', undefined, page, atMs);
    await campaigns.intend('c', undefined, page, atMs);
    const listing = { pages: 1, people: 500, done: false };
    await campaigns.advance('c', undefined, listing);
    await campaigns.intend('c', listing, { people: [personOf('u')] }, atMs);
    await campaigns.advance('c', listing, { pages: 2, people: 501, done: true });
    await campaigns.listing('c');
    await campaigns.tally('c');
  });

  it('knows of each person what became of the mail', async () => {
    const { campaigns } = await stores();
    const people = times(40, (index) => personOf(`u${index}`));
    await campaigns.mark('c', personOf('u0'), 'sent');
    await campaigns.silent('c', atMs + 1, 10);
    await campaigns.reached('c', undefined, 10);
    for (const person of people) await campaigns.claim('c', person, atMs);
    for (const person of people.slice(0, 2)) await campaigns.claim('c', person, atMs);
    await campaigns.silent('c', atMs + 1, 100);
    const [first = '', second = '', third = '', fourth = ''] = people;
    await campaigns.mark('c', first, 'sent');
    await campaigns.mark('c', first, 'delivered');
    await campaigns.mark('c', first, 'sent');
    await campaigns.mark('c', second, 'unknown');
    await campaigns.mark('c', second, 'delivered');
    await campaigns.mark('c', third, 'declined');
    await campaigns.release('c', fourth);
    await campaigns.release('c', first);
    await campaigns.release('c', fourth);
    await campaigns.tally('c');
    await campaigns.reached('c', undefined, 1000);
    await campaigns.reached('c', undefined, 7);
  });
});

describe('feedback', () => {
  it('is put and read', async () => {
    const { feedback } = await stores();
    const answer = {
      releaseId: 'r1',
      person: personOf('u1'),
      question: 'satisfaction',
      value: 5,
      good: true,
    };
    await feedback.of('r1', answer.person);
    await feedback.tallies('r1');
    await feedback.put(answer, atMs);
    await feedback.put({ ...answer, value: 4 }, atMs);
    await feedback.put({ ...answer, value: 1, good: false }, atMs);
    await feedback.put({ ...answer, question: 'problems', text: 'é'.repeat(2000) }, atMs);
    await feedback.put({ ...answer, question: 'problems' }, atMs);
    await feedback.of('r1', answer.person);
    for (const index of times(60, (nth) => nth))
      await feedback.put({ ...answer, person: personOf(`u${index}`) }, atMs);
    await feedback.tallies('r1');
    for (const nth of times(12, (one) => one))
      for (const index of times(20, (one) => one))
        await feedback.put({ ...answer, question: `q${nth}`, person: personOf(`u${index}`) }, atMs);
    for (const value of times(20, (one) => one % 5)) await feedback.put({ ...answer, value }, atMs);
    await feedback.of('r1', answer.person);
    await feedback.tallies('r1');
  });
});

describe('the audience', () => {
  const people = times(300, (index): Imported => {
    const userId = `u${index}`;
    const member = { userId, address: `${userId}@users.example` };
    return index < 150 ? { ...member, segments: ['pilots'] } : member;
  });

  it('is paged, counted and looked up', async () => {
    const { audience } = await stores(people);
    for (const limit of [10, 100, 1000])
      for (const selection of [{ exposed: 0 }, { exposed: 50 }, { exposed: 100 }, { segment: 'pilots' }])
        await audience.page(selection, undefined, limit);
    await audience.count({ segment: 'pilots' });
    await audience.members(people.slice(0, 10).map(({ userId }) => personOf(userId)));
    await audience.members([personOf('nobody')]);
    await audience.members([]);
  });

  // Of somebody else, or of an address that was given up, less is asked and nothing written: the description takes none of these.
  it('says what it wants', async () => {
    const { preferences } = await stores(people);
    const person = personOf('u1');
    await preferences.optOut(person, atMs);
    await preferences.optIn(person, atMs - 1);
    await preferences.optIn(person, atMs + 1);
    await preferences.unreachable(person, 'bounced', 'u1@users.example', atMs);
    await preferences.unreachable(person, 'complained', 'u1@users.example', atMs);
    await preferences.unreachable(person, 'bounced', 'u1@users.example', atMs);
  });
});

describe('the description', () => {
  it('has no call that was not made', () => {
    expect(described.filter((call) => !called.has(call))).toEqual([]);
  });
});
