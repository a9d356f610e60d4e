/** What only DynamoDB has: pages of 1 MB, rows that expire, tokens in a table of their own. */

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { generationOf } from '#application/import-audience.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { quoted } from '#domain/quoted.ts';
import { startBake } from '#domain/rules/bake-clock.ts';
import { DynamoAudienceImports } from '#functions/adapters/dynamodb/audience-imports.ts';
import { DynamoAudienceRemoval } from '#functions/adapters/dynamodb/audience-removal.ts';
import { DynamoBakeStore } from '#functions/adapters/dynamodb/bakes.ts';
import { DynamoCampaignStore } from '#functions/adapters/dynamodb/campaigns.ts';
import { DynamoReleaseStore } from '#functions/adapters/dynamodb/releases.ts';
import type { DynamoTable } from '#functions/adapters/dynamodb/table.ts';
import { DynamoWaitStore } from '#functions/adapters/dynamodb/waits.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { everyFact } from '#test/adapters/every-fact.ts';
import { times } from '#test/adapters/race.ts';
import { firstBroken, personOf, record } from '#test/support/hashed.ts';
import { freshTable } from './tables.ts';

const by = { at: '2025-03-10T09:00:00.000Z', actor: 'user:ada' };
const atMs = Date.parse(by.at);
const clock = { nowMs: () => atMs };
const inDays = (days: number) => atMs / 1000 + days * 86_400;

const rowsOf = async ({ client, table }: DynamoTable) =>
  (await client.send(new ScanCommand({ TableName: table }))).Items ?? [];

describe('a release of several megabytes', () => {
  it('is loaded whole, and its history comes in pages', async () => {
    const store = new DynamoReleaseStore(await freshTable('releases'));
    const write = async (before: Release | undefined, facts: readonly Fact[]) => {
      const { next, entries } = record(before ?? 'r1', facts, by);
      await store.commit(before, next, entries);
      return next;
    };
    let release = await write(undefined, [everyFact['release.admitted'], everyFact['phase.opened']]);
    for (const batch of times(40, (index) => index)) {
      const ticks = times(20, (index) => ({
        ...everyFact['item.ticked'],
        item: `${batch}.${index}`,
        evidence: { code: 'words', params: { words: quoted('é'.repeat(1000)) } } as const,
      }));
      release = await write(release, ticks);
    }
    expect(await store.load('r1')).toStrictEqual(release);
    const history = await store.history('r1', 0, 1000);
    expect(history).toHaveLength(802);
    expect(firstBroken(history)).toBeUndefined();
    expect((await store.history('r1', 100, 650)).map(({ seq }) => seq)).toEqual(
      times(650, (index) => index + 101),
    );
  });
});

describe('what expires', () => {
  it('is a bake after 90 days, a recipient after 180 and evidence after 400, but no ledger', async () => {
    const table = await freshTable('releases');
    const key = { releaseId: 'r1', waitId: 'w', epoch: 1, phase: 'p', attempt: 1 };
    await new DynamoBakeStore(table).put(key, undefined, startBake(atMs), { atMs, exposure: 10, checks: {} });
    await new DynamoCampaignStore(table).claim('c', 'p', atMs);
    const { next, entries } = record('r1', [everyFact['release.admitted']], by);
    await new DynamoReleaseStore(table).commit(undefined, next, entries);
    const expiry = (await rowsOf(table)).map(({ pk, expiresAt }) => `${pk} ${expiresAt}`);
    expect(expiry.sort()).toEqual([
      `COMM#c ${inDays(180)}`,
      'PRODUCT#demo undefined',
      'REL#r1 undefined',
      'REL#r1 undefined',
      `REL#r1#BAKE ${inDays(90)}`,
      `REL#r1#LOOKS#p#1 ${inDays(400)}`,
    ]);
  });

  it('is a wait 30 days after it was closed, and not before', async () => {
    const table = await freshTable('waits');
    const store = new DynamoWaitStore({ ...table, clock });
    const expiry = async () => (await rowsOf(table)).map(({ expiresAt }) => expiresAt as unknown);
    const wanted = {
      releaseId: 'r1',
      waitId: 'w',
      kind: 'hold',
      phase: 'p',
      attempt: 1,
      token: 't',
    } as const;
    const wait = await store.arm({ ...wanted, armedAt: by.at });
    await store.settle(wait, {});
    expect(await expiry()).toEqual([undefined]);
    await store.close(wait, 'settled');
    expect(await expiry()).toEqual([inDays(30)]);
    await store.arm({ ...wanted, armedAt: by.at });
    expect(await expiry()).toEqual([undefined]);
  });
});

describe('an import that was given up while it slept', () => {
  it('leaves nothing of what it still wrote', async () => {
    const table = { ...(await freshTable('releases')), product: 'demo', sha256 };
    const imports = new DynamoAudienceImports(table);
    const removal = new DynamoAudienceRemoval(table);
    const generation = generationOf(atMs, '00000000');
    const members = times(30, (index) => ({ userId: `u-${index}`, address: `u${index}@example.org` }));
    await imports.open(generation, atMs);
    await imports.put(generation, members);
    expect(await removal.sweep(atMs, 1000)).toEqual({ rows: 60, more: false });
    await imports.put(generation, members.slice(0, 5));
    expect(await imports.mark(generation, 5, atMs)).toBe(false);
    expect(await removal.sweep(atMs, 1000)).toEqual({ rows: 10, more: false });
    expect(await rowsOf(table)).toEqual([]);
  });
});

describe('the tally of a campaign', () => {
  it('is spread over shards', async () => {
    const table = await freshTable('releases');
    const store = new DynamoCampaignStore(table);
    await Promise.all(
      times(200, async (index) => {
        await store.claim('c', personOf(`u${index}`), atMs);
        await store.mark('c', personOf(`u${index}`), 'sent');
      }),
    );
    const shards = (await rowsOf(table)).filter(({ sk }) => String(sk).startsWith('TALLY#'));
    expect(shards).toHaveLength(16);
    expect(await store.tally('c')).toEqual({ sent: 200, failed: 0, declined: 0 });
  });
});
