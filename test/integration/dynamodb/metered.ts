/**
 * A client of DynamoDB that is told what each of its calls consumed: what AWS bills. DynamoDB Local (1.25) counts otherwise in three
 * places, which are mended here, each where it says why.
 */
import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DeleteCommandInput,
  type DynamoDBDocumentClient,
  PutCommand,
  type PutCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { documentClient } from '#functions/adapters/dynamodb/table.ts';

/** Capacity units, those of the indexes among them. */
interface Taken {
  readonly readUnit: number;
  readonly writeUnit: number;
  /** Transactions that were refused: no answer says what these took. */
  readonly refused: number;
}
export interface Metered {
  /** Tables that it creates have a twin; the meter writes to it. */
  readonly client: DynamoDBClient;
  /** Since it was asked last; of calls at the same time, together. */
  readonly taken: () => Taken;
}

const local = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: 'eu-west-3',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
const nothing: Taken = { readUnit: 0, writeUnit: 0, refused: 0 };

export function meteredClient(endpoint: string): Metered {
  const client = local(endpoint);
  const twins = documentClient(local(endpoint));
  let total = nothing;
  const count = (more: Partial<Taken>) => {
    const { readUnit, writeUnit, refused } = { ...nothing, ...more };
    total = {
      readUnit: total.readUnit + readUnit,
      writeUnit: total.writeUnit + writeUnit,
      refused: total.refused + refused,
    };
  };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (commandName === 'CreateTableCommand') {
          const { TableName } = Named.parse(args.input);
          await next({ ...args, input: { ...args.input, TableName: twinOf(TableName) } });
        }
        const reads = readsOf[commandName];
        if (reads) {
          const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' as const };
          const result = await next({ ...args, input });
          count({ readUnit: reads(input, result.output) });
          return result;
        }
        try {
          const result = await next(args);
          count({ writeUnit: await writesOf(twins, commandName, args.input) });
          return result;
        } catch (error) {
          if (error instanceof TransactionCanceledException) count({ refused: 1 });
          throw error;
        }
      },
    { step: 'initialize', name: 'metered' },
  );
  return {
    client,
    taken: () => {
      const taken = total;
      total = nothing;
      return taken;
    },
  };
}

const Units = z.object({ CapacityUnits: z.number() });
const Named = z.object({ TableName: z.string() });
const Single = z.object({ ConsumedCapacity: Units });
const Query = Single.extend({ ScannedCount: z.int() });
const Batch = z.object({
  ConsumedCapacity: z.array(Units),
  Responses: z.record(z.string(), z.array(z.unknown())),
});
const Keys = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.unknown()) })) });
const Consistency = z.object({ ConsistentRead: z.boolean() });

/** The calls that read. */
const readsOf: Readonly<Record<string, (input: unknown, output: unknown) => number>> = {
  GetItemCommand: (_input, output) => Single.parse(output).ConsumedCapacity.CapacityUnits,
  // One that finds nothing takes what the smallest row does; here it is said to take nothing.
  QueryCommand: (input, output) => {
    const { ConsumedCapacity, ScannedCount } = Query.parse(output);
    if (ScannedCount > 0) return ConsumedCapacity.CapacityUnits;
    return Consistency.parse(input).ConsistentRead ? 1 : 0.5;
  },
  // "Requests for nonexistent items consume the minimum read capacity units" (API reference); here they are said to take nothing.
  BatchGetItemCommand: (input, output) => {
    const { ConsumedCapacity, Responses } = Batch.parse(output);
    const asked = Object.values(Keys.parse(input).RequestItems).flatMap((one) => one.Keys).length;
    const found = Object.values(Responses).flat().length;
    return ConsumedCapacity.reduce((sum, one) => sum + one.CapacityUnits, asked - found);
  },
};

/** A write as the adapters give it, which is not looked into. */
type Write = PutCommandInput & UpdateCommandInput & DeleteCommandInput;
const write = z.custom<Write>((value) => typeof value === 'object');
const Transaction = z.object({
  TransactItems: z.array(
    z.union([z.object({ Put: write }), z.object({ Update: write }), z.object({ Delete: write })]),
  ),
});

/**
 * Units of writes. Of a transaction DynamoDB Local adds up only the changes whose units differ, and doubles them twice. So each of its
 * changes is made once more, on its own in the table's twin, where it is counted as on AWS: by the larger of the row before and
 * after. A transaction takes two units for one of the table; its indexes are written once.
 */
async function writesOf(twins: DynamoDBDocumentClient, commandName: string, input: unknown): Promise<number> {
  if (commandName === 'UpdateItemCommand') return unitsOf(twins, { Update: write.parse(input) }, 1);
  if (commandName !== 'TransactWriteItemsCommand') return 0;
  let units = 0;
  for (const change of Transaction.parse(input).TransactItems) units += await unitsOf(twins, change, 2);
  return units;
}

type Change = z.output<typeof Transaction>['TransactItems'][number];
const Indexes = z.record(z.string(), Units).optional();
const Written = z.object({
  ConsumedCapacity: z.object({
    Table: Units,
    GlobalSecondaryIndexes: Indexes,
    LocalSecondaryIndexes: Indexes,
  }),
});

async function unitsOf(twins: DynamoDBDocumentClient, change: Change, perUnit: number): Promise<number> {
  const { Table, GlobalSecondaryIndexes, LocalSecondaryIndexes } = Written.parse(
    await made(twins, change),
  ).ConsumedCapacity;
  const indexes = Object.values({ ...GlobalSecondaryIndexes, ...LocalSecondaryIndexes });
  return indexes.reduce((sum, one) => sum + one.CapacityUnits, perUnit * Table.CapacityUnits);
}

async function made(twins: DynamoDBDocumentClient, change: Change): Promise<unknown> {
  const inTwin = (one: Write) => ({
    ...one,
    TableName: twinOf(Named.parse(one).TableName),
    ReturnConsumedCapacity: 'INDEXES' as const,
  });
  if ('Put' in change) return twins.send(new PutCommand(inTwin(change.Put)));
  if ('Update' in change) return twins.send(new UpdateCommand(inTwin(change.Update)));
  return twins.send(new DeleteCommand(inTwin(change.Delete)));
}

const twinOf = (table: string) => `${table}-twin`;
