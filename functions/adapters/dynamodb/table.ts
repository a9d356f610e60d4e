/**
 * How the adapters speak to DynamoDB: consistent reads, pages, and changes that are one transaction. A condition that does
 * not hold is an answer with what is there instead; a service that is busy is ServiceUnavailable; all else is a fault.
 */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ServiceUnavailable } from '#domain/errors.ts';
import { present } from '#domain/present.ts';
import { ask, nameOf } from '../aws-errors.ts';
import type { Key } from './table-keys.ts';

/** A table, and who may speak to it. */
export interface DynamoTable {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}
export type StoredRow = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, unknown>>;

/** DynamoDB's limit on one transaction. */
const changesMax = 100;

/** Numbers as JavaScript has them: the library refuses those beyond 2^53, which a measure may be. New: it is written to. */
const numbers = () => ({ wrapNumbers: Number });

/** The client that the adapters expect: absent members are left out, any number of ours is taken. */
export const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    unmarshallOptions: numbers(),
  });

/** One row, as it is now. */
export async function read({ client, table }: DynamoTable, key: Key): Promise<StoredRow | undefined> {
  const { Item } = await patiently(() =>
    client.send(new GetCommand({ TableName: table, Key: { ...key }, ConsistentRead: true })),
  );
  return Item;
}

/** DynamoDB's limit on one BatchGetItem. */
const keysMax = 100;
/** It may leave keys out of an answer; so many answers in all. */
const answersMax = 8;

/** The rows that there are of these keys, as they are now, in any order. Throws ServiceUnavailable. */
export async function readAll(table: DynamoTable, keys: readonly Key[]): Promise<readonly StoredRow[]> {
  const rows: StoredRow[] = [];
  for (let at = 0; at < keys.length; at += keysMax)
    rows.push(...(await readBatch(table, keys.slice(at, at + keysMax))));
  return rows;
}

async function readBatch(
  { client, table }: DynamoTable,
  keys: readonly Key[],
): Promise<readonly StoredRow[]> {
  const rows: StoredRow[] = [];
  let left: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
  for (let answers = 0; left.length > 0; answers += 1) {
    if (answers === answersMax)
      throw new ServiceUnavailable({ code: 'rows-left-unread', params: { times: answersMax } });
    if (answers > 0) await pause(answers);
    const { Responses, UnprocessedKeys } = await patiently(() =>
      client.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: left, ConsistentRead: true } } })),
    );
    rows.push(...(Responses?.[table] ?? []));
    left = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return rows;
}

export interface RowSelection {
  /** With `#name` for each attribute. */
  readonly where: string;
  readonly filter?: string;
  readonly values: Values;
  /** A global index is not consistent; all else is read consistently. */
  readonly index?: { readonly name: string; readonly consistent: boolean };
  readonly lastFirst?: boolean;
}
export interface QueryPage {
  readonly rows: readonly StoredRow[];
  /** The last key that was looked at, when there may be more. */
  readonly last?: StoredRow;
}

/** One page in key order, or from its end: looks at `limit` rows at most, and may find fewer. */
export async function page(
  { client, table }: DynamoTable,
  selection: RowSelection,
  limit: number,
  after?: StoredRow,
): Promise<QueryPage> {
  const { where, filter, values, index, lastFirst = false } = selection;
  const { Items = [], LastEvaluatedKey } = await patiently(() =>
    client.send(
      new QueryCommand({
        TableName: table,
        IndexName: index?.name,
        KeyConditionExpression: where,
        FilterExpression: filter,
        ExpressionAttributeNames: namesIn(where, filter),
        ExpressionAttributeValues: { ...values },
        ConsistentRead: index?.consistent ?? true,
        ScanIndexForward: !lastFirst,
        Limit: limit,
        ExclusiveStartKey: after,
      }),
    ),
  );
  return { rows: Items, ...present({ last: LastEvaluatedKey }) };
}

/** Rows in key order, page after page, at most `limit`. */
export async function select(
  table: DynamoTable,
  selection: RowSelection,
  limit: number,
): Promise<readonly StoredRow[]> {
  const rows: StoredRow[] = [];
  let after: StoredRow | undefined;
  do {
    const found = await page(table, selection, limit - rows.length, after);
    rows.push(...found.rows);
    after = found.last;
  } while (after !== undefined && rows.length < limit);
  return rows;
}

export function assertLimit(limit: number, max = 1000): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= max) return;
  throw new RangeError(`limit is ${limit}: a whole number from 1 to ${max} is allowed`);
}

/** One write of a transaction. `when` is its condition; expressions write `#name` for each attribute. */
export type Change = (
  | { readonly put: StoredRow & Key }
  | { readonly remove: Key }
  | { readonly update: Key; readonly by: string }
  | { readonly check: Key; readonly when: string }
) & { readonly when?: string; readonly values?: Values };

/** What was there instead, for each change whose condition did not hold, by its place in the list. */
export type Lost = ReadonlyMap<number, StoredRow | undefined>;

/**
 * Writes all changes or none. Answers what stood against it, or nothing when it is done. The SDK sends one token with all
 * tries of a call, so a try whose answer got lost is not carried out twice and does not lose against itself.
 */
export async function change(
  { client, table }: DynamoTable,
  changes: readonly Change[],
): Promise<Lost | undefined> {
  if (changes.length > changesMax) {
    throw new RangeError(`${changes.length} rows in one transaction; at most ${changesMax} are allowed`);
  }
  const TransactItems = changes.map((one) => transactItem(table, one));
  try {
    await patiently(() => client.send(new TransactWriteCommand({ TransactItems })));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return lostIn(error);
  }
}

function transactItem(TableName: string, one: Change) {
  const names = namesIn(one.when, 'update' in one ? one.by : undefined);
  const common = {
    TableName,
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ...(one.values === undefined ? {} : { ExpressionAttributeValues: { ...one.values } }),
  };
  const old = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if ('check' in one) {
    return { ConditionCheck: { ...common, ...old, Key: { ...one.check }, ConditionExpression: one.when } };
  }
  const write = one.when === undefined ? common : { ...common, ...old, ConditionExpression: one.when };
  if ('put' in one) return { Put: { ...write, Item: { ...one.put } } };
  if ('remove' in one) return { Delete: { ...write, Key: { ...one.remove } } };
  return { Update: { ...write, Key: { ...one.update }, UpdateExpression: one.by } };
}

/** Throws the error itself when no condition is among its reasons: the request was wrong. */
function lostIn(error: TransactionCanceledException): Lost {
  const lost = new Map<number, StoredRow | undefined>();
  for (const [place, { Code, Item }] of (error.CancellationReasons ?? []).entries()) {
    if (Code === 'ConditionalCheckFailed') {
      // The document client translates answers, not errors.
      lost.set(place, Item === undefined ? undefined : unmarshall(Item, numbers()));
    }
  }
  if (lost.size === 0) throw error;
  return lost;
}

/** `#status` stands for the attribute `status`: many of our names are reserved words. */
export function namesIn(...expressions: readonly (string | undefined)[]): Record<string, string> {
  const names = expressions.join(' ').match(/#\w+/g) ?? [];
  return Object.fromEntries(names.map((name) => [name, name.slice(1)]));
}

/** Beside the SDK's own tries: a transaction that met another one on a row is not tried again by the SDK. */
const triesMax = 8;
const firstPauseMs = 10;

/** Tries again while rows are busy, at most 8 times in about 2.5 s. Throws ServiceUnavailable. */
export async function patiently<T>(send: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask('DynamoDB', send);
    } catch (error) {
      if (!meetsAnother(error)) throw error;
      if (tries === triesMax) {
        throw new ServiceUnavailable(
          { code: 'rows-contended', params: { times: triesMax } },
          { cause: error },
        );
      }
      await pause(tries);
    }
  }
}

/** Full jitter: those who met once must not meet again. */
export const pause = (tries: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * firstPauseMs * 2 ** tries));

const busyReasons = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Another transaction is on a row, and no condition has failed yet. */
function meetsAnother(error: unknown): boolean {
  if (nameOf(error) === 'TransactionConflictException') return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  return !codes.includes('ConditionalCheckFailed') && codes.some((code) => busyReasons.has(code));
}
