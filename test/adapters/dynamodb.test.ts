/** What the DynamoDB adapters ask for, and what they make of a service that refuses: without a service. */

import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LedgerConflict, ServiceUnavailable } from '#domain/errors.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { putAll } from '#functions/adapters/dynamodb/batch.ts';
import { DynamoCampaignStore } from '#functions/adapters/dynamodb/campaigns.ts';
import { assemble, headRow, rowChanges } from '#functions/adapters/dynamodb/release-rows.ts';
import { DynamoReleaseStore } from '#functions/adapters/dynamodb/releases.ts';
import { documentClient } from '#functions/adapters/dynamodb/table.ts';
import { bucketEdge, entryKey, sortable } from '#functions/adapters/dynamodb/table-keys.ts';
import { record } from '#test/support/hashed.ts';
import { sourcesIn, textOf } from '#test/support/sources.ts';
import { everyFact } from './every-fact.ts';
import { times } from './race.ts';

interface Item {
  readonly [verb: string]: { readonly Item?: Sk; readonly Key?: Sk } | undefined;
}
interface Sk {
  readonly sk: { readonly S: string };
}
interface Asked {
  readonly ClientRequestToken?: string;
  readonly TransactItems?: readonly Item[];
  readonly RequestItems?: Readonly<Record<string, readonly { readonly PutRequest: { readonly Item: Sk } }[]>>;
}
type Answer = readonly [status: number, body: Readonly<Record<string, unknown>>];
const done: Answer = [200, {}];
const type = (name: string) => `com.amazonaws.dynamodb.v20120810#${name}`;
const refusal = (name: string, status = 400): Answer => [status, { __type: type(name), message: name }];
const cancelled = (...codes: readonly string[]): Answer => [
  400,
  { __type: type('TransactionCanceledException'), CancellationReasons: codes.map((Code) => ({ Code })) },
];

/** A table whose service gives these answers, the last one for ever, and what it was asked. */
function service(answers: readonly Answer[], maxAttempts = 1) {
  const asked: Asked[] = [];
  const handle = async ({ body }: { readonly body?: Uint8Array }) => {
    asked.push(JSON.parse(new TextDecoder().decode(body)) as Asked);
    const [statusCode, answer] = answers[Math.min(asked.length, answers.length) - 1] ?? done;
    return {
      response: { statusCode, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(answer))]) },
    };
  };
  const client = new DynamoDBClient({
    region: 'eu-west-3',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts,
    requestHandler: { handle, updateHttpClientConfig: () => {}, httpHandlerConfigs: () => ({}) },
  });
  return { table: { client: documentClient(client), table: 'releases' }, asked };
}

/** Pauses between tries have a length by chance, from nothing on: of ten tries, seconds. */
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

const by = { at: '2025-03-10T09:00:00.000Z', actor: 'user:ada' };
const admitted = record('r1', [everyFact['release.admitted']], by).next;
const commit = (answers: readonly Answer[], before: Release, ...facts: readonly Fact[]) => {
  const { table, asked } = service(answers);
  const { next, entries } = record(before, facts, by);
  return { asked, end: new DynamoReleaseStore(table).commit(before, next, entries) };
};
const ticks = (count: number): readonly Fact[] =>
  times(count, (index) => ({ ...everyFact['item.ticked'], item: `i${index}` }));

describe('a service that does not answer', () => {
  it.each<[string, Answer]>([
    ['throttling', refusal('ThrottlingException')],
    ['too much on a table', refusal('ProvisionedThroughputExceededException')],
    ['too much on an account', refusal('RequestLimitExceeded')],
    ['a transaction under way', refusal('TransactionInProgressException')],
    ['an internal error', refusal('InternalServerError', 500)],
    ['an answer of a proxy', [503, {}]],
  ])('is unavailable after %s', async (_what, answer) => {
    const { end } = commit([answer], admitted, everyFact['release.paused']);
    await expect(end).rejects.toBeInstanceOf(ServiceUnavailable);
    const { table } = service([answer]);
    await expect(new DynamoReleaseStore(table).load('r1')).rejects.toBeInstanceOf(ServiceUnavailable);
  });

  it('is unavailable when there is no connection', async () => {
    const client = new DynamoDBClient({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-west-3',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    });
    const store = new DynamoReleaseStore({ client: documentClient(client), table: 'releases' });
    await expect(store.load('r1')).rejects.toBeInstanceOf(ServiceUnavailable);
  });

  it.each(['ValidationException', 'ResourceNotFoundException', 'AccessDeniedException'])(
    'is not what %s means: that is a fault of ours',
    async (name) => {
      const { end } = commit([refusal(name)], admitted, everyFact['release.paused']);
      await expect(end).rejects.toMatchObject({ name });
    },
  );

  it('is asked again with the same token, so that nothing is written twice', async () => {
    const { table, asked } = service([refusal('InternalServerError', 500), done], 2);
    expect(await new DynamoCampaignStore(table).claim('c', 'p', 0)).toBe(true);
    const tokens = asked.map(({ ClientRequestToken }) => ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens[1]).toBe(tokens[0]);
  });
});

describe('a transaction that meets another one', () => {
  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'is tried again after %s',
    async (code) => {
      const { asked, end } = commit([cancelled(code, 'None'), done], admitted, everyFact['release.paused']);
      await end;
      expect(asked).toHaveLength(2);
    },
  );

  it('is given up in the end', async () => {
    const { asked, end } = commit([cancelled('TransactionConflict')], admitted, everyFact['release.paused']);
    await expect(end).rejects.toBeInstanceOf(ServiceUnavailable);
    expect(asked).toHaveLength(8);
  });

  it('has lost when its condition failed, whatever else was busy', async () => {
    const lost = cancelled('ConditionalCheckFailed', 'TransactionConflict');
    const { asked, end } = commit([lost], admitted, everyFact['release.paused']);
    await expect(end).rejects.toBeInstanceOf(LedgerConflict);
    expect(asked).toHaveLength(1);
  });

  it('is at fault when what it writes is wrong', async () => {
    const { end } = commit([cancelled('ValidationError', 'None')], admitted, everyFact['release.paused']);
    await expect(end).rejects.toMatchObject({ name: 'TransactionCanceledException' });
  });
});

describe('a commit writes', () => {
  const opened = record(admitted, [everyFact['phase.opened'], ...ticks(5)], by).next;
  const written = async (before: Release, ...facts: readonly Fact[]) => {
    const { asked, end } = commit([done], before, ...facts);
    await end;
    return (asked[0]?.TransactItems ?? []).flatMap((one) =>
      Object.entries(one).map(([verb, item]) => `${verb} ${(item?.Item ?? item?.Key)?.sk.S}`),
    );
  };

  it('the head, the entries and only the rows that they touch', async () => {
    expect(await written(opened, everyFact['item.ticked'])).toEqual([
      'Put META',
      'Put EV#00000008',
      'Put ROW#CHK#pilot/4.1.1',
    ]);
    expect(await written(opened, everyFact['release.paused'])).toEqual(['Put META', 'Put EV#00000008']);
  });

  it('away the rows that went', async () => {
    const again: Fact = { type: 'phase.opened', phase: 'pilot', attempt: 2 };
    expect(await written(opened, again)).toEqual([
      'Put META',
      'Put EV#00000008',
      'Put ROW#PHASE#pilot',
      ...times(5, (index) => `Delete ROW#CHK#pilot/i${index}`),
    ]);
  });

  it('the claim of the product away when the release closes', async () => {
    const closing = await written(opened, everyFact['release.closed']);
    expect(closing).toEqual(['Put META', 'Delete ACTIVE', 'Put EV#00000008']);
  });

  it('at most 100 rows', async () => {
    const many = times(8, (index) => index).reduce(
      (release, index) =>
        record(
          release,
          ticks(20).map((fact) => ({ ...fact, item: `${index}` }) as Fact),
          by,
        ).next,
      opened,
    );
    const crowded = record(many, ticks(99), by).next;
    const { asked, end } = commit([done], crowded, { type: 'phase.opened', phase: 'pilot', attempt: 2 });
    await expect(end).rejects.toThrow('at most 100 are allowed');
    expect(asked).toEqual([]);
  });
});

describe('an intended page', () => {
  const people = ['a', 'b'];
  it('is one row, which tidies itself away, and no part of the tally', async () => {
    const { table, asked } = service([done]);
    await new DynamoCampaignStore(table).intend('c', undefined, { people }, Date.parse(by.at));
    const [put] = asked[0]?.TransactItems ?? [];
    expect(put?.['Put']?.Item).toMatchObject({
      sk: { S: 'INTENDED' },
      people: { L: [{ S: 'a' }, { S: 'b' }] },
      expiresAt: { N: `${Date.parse(by.at) / 1000 + 180 * 86_400}` },
    });
  });

  it('is what stands there, in place of what was asked for', async () => {
    const stands = { nth: { N: '1' }, people: { L: [{ S: 'z' }] }, cursor: { S: 'c' } };
    const reasons = [{ Code: 'ConditionalCheckFailed', Item: stands }];
    const refused: Answer = [
      400,
      { __type: type('TransactionCanceledException'), CancellationReasons: reasons },
    ];
    const store = new DynamoCampaignStore(service([refused]).table);
    expect(await store.intend('c', undefined, { people }, 0)).toEqual({ people: ['z'], cursor: 'c' });
    const second = { pages: 1, people: 1, cursor: 'c', done: false };
    expect(await store.intend('c', second, { people }, 0)).toBeUndefined();
  });
});

describe('many rows at once', () => {
  const rows = times(60, (index) => ({ pk: 'p', sk: `${index}` }));
  const sortKeys = ({ RequestItems }: Asked) =>
    (RequestItems?.['releases'] ?? []).map(({ PutRequest }) => PutRequest.Item.sk.S);
  const leaves = (...left: readonly string[]): Answer => [
    200,
    {
      UnprocessedItems: {
        releases: left.map((sk) => ({ PutRequest: { Item: { pk: { S: 'p' }, sk: { S: sk } } } })),
      },
    },
  ];

  it('go in requests of 25, each row once', async () => {
    const { table, asked } = service([done]);
    await putAll(table, rows);
    expect(asked.map((one) => sortKeys(one).length).toSorted()).toEqual([10, 25, 25]);
    expect(new Set(asked.flatMap(sortKeys)).size).toBe(60);
  });

  it('are written again as far as the service left them out, and after it was too busy for an answer', async () => {
    const { table, asked } = service([leaves('3', '7'), refusal('ThrottlingException'), leaves('7'), done]);
    await putAll(table, rows.slice(0, 9));
    expect(asked.map(sortKeys).slice(1)).toEqual([['3', '7'], ['3', '7'], ['7']]);
  });

  it('are given up in the end', async () => {
    const { table, asked } = service([leaves('3')]);
    await expect(putAll(table, rows.slice(0, 9))).rejects.toBeInstanceOf(ServiceUnavailable);
    expect(asked).toHaveLength(10);
  });

  it('are at fault when they are wrong', async () => {
    const { table } = service([refusal('ValidationException')]);
    await expect(putAll(table, rows)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('rows that were read while somebody wrote', () => {
  const opened = record(admitted, [everyFact['phase.opened'], ...ticks(2)], by).next;
  const rowsOf = (release: Release) =>
    rowChanges(undefined, release).flatMap((one) => ('put' in one ? [one.put] : []));

  it('are a release when they are those of the head', () => {
    expect(assemble(headRow(opened), rowsOf(opened))).toStrictEqual(opened);
  });
  it('are none when one was written after the head was read', () => {
    const next = record(opened, ticks(1), by).next;
    const rows = rowsOf(opened).map((row) => ({ ...row, seq: next.seq }));
    expect(assemble(headRow(opened), rows)).toBeUndefined();
  });
  it('are none when one went or came', () => {
    const rows = rowsOf(opened);
    expect(assemble(headRow(opened), rows.slice(1))).toBeUndefined();
    expect(assemble(headRow(opened), [...rows, ...rows.slice(0, 1)])).toBeUndefined();
  });
});

describe('keys', () => {
  it('sort as their numbers do', () => {
    const keys = [1, 9, 10, 99, 100, 12_345].map((seq) => entryKey('r1', seq).sk);
    expect(keys.toSorted()).toEqual(keys);
    expect(keys[0]).toBe('EV#00000001');
    expect(bucketEdge(9999) < bucketEdge(10_000)).toBe(true);
  });
  it.each([-1, 0.5, 100, Number.NaN])('are not made of %d in two digits', (value) => {
    expect(() => sortable(value, 2)).toThrow(RangeError);
  });
});

describe('the adapters', () => {
  it('read without a single scan', () => {
    const files = sourcesIn('functions/adapters/dynamodb');
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => /\bScan(?!IndexForward)/.test(textOf(file)))).toEqual([]);
  });
});
