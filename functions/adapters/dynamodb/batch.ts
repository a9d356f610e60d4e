/** Many rows at once, each by itself: no transaction, and in no order. */
import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { ServiceUnavailable } from '#domain/errors.ts';
import { type DynamoTable, patiently, pause, type StoredRow } from './table.ts';
import type { Key } from './table-keys.ts';

/** DynamoDB's limit on one BatchWriteItem. */
const rowsMax = 25;
/** Requests under way side by side. A partition takes a thousand rows a second, so more would only be refused. */
const lanes = 8;
/** What a partition does not take at once it leaves out of its answer; so many answers about the same rows, some ten seconds. */
const answersMax = 10;

type Write = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** Throws ServiceUnavailable, with some of the rows written: doing it again is right. */
export const putAll = (table: DynamoTable, rows: readonly (StoredRow & Key)[]): Promise<void> =>
  writeAll(
    table,
    rows.map((row) => ({ PutRequest: { Item: { ...row } } })),
  );

/** Throws ServiceUnavailable, with some of the rows gone: doing it again is right. */
export const removeAll = (table: DynamoTable, keys: readonly Key[]): Promise<void> =>
  writeAll(
    table,
    keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
  );

async function writeAll(table: DynamoTable, writes: readonly Write[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(writes.length / rowsMax) }, (_, index) =>
    writes.slice(index * rowsMax, (index + 1) * rowsMax),
  );
  const waiting = batches.values();
  const lane = async () => {
    for (const batch of waiting) await writeBatch(table, batch);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function writeBatch(table: DynamoTable, writes: readonly Write[]): Promise<void> {
  let left = writes;
  for (let answers = 1; ; answers += 1) {
    left = await unwritten(table, left);
    if (left.length === 0) return;
    if (answers === answersMax)
      throw new ServiceUnavailable({ code: 'rows-left-unwritten', params: { times: answersMax } });
    await pause(answers);
  }
}

/** All of them when the service was too busy for an answer: rows may be written twice. */
async function unwritten(
  { client, table }: DynamoTable,
  writes: readonly Write[],
): Promise<readonly Write[]> {
  try {
    const command = new BatchWriteCommand({ RequestItems: { [table]: [...writes] } });
    const { UnprocessedItems } = await patiently(() => client.send(command));
    return UnprocessedItems?.[table] ?? [];
  } catch (error) {
    if (error instanceof ServiceUnavailable) return writes;
    throw error;
  }
}
