/** Tables for a test, as `tableDefinitions` says, with names of their own. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { documentClient, type Table } from '#functions/adapters/table.dynamodb.ts';
import { type TableDefinition, tableDefinitions } from '#functions/adapters/table-keys.ts';

const client = new DynamoDBClient({
  endpoint: inject('dynamodb'),
  region: 'eu-west-3',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
let tables = 0;

export async function freshTable(kind: keyof typeof tableDefinitions): Promise<Table> {
  tables += 1;
  // Test files share the server, and each has its own process.
  const table = `${kind}-${process.pid}-${tables}`;
  await client.send(new CreateTableCommand({ TableName: table, ...schemaOf(tableDefinitions[kind]) }));
  return { client: documentClient(client), table };
}

const keys = (partitionKey: string, sortKey: string) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];

function schemaOf({ partitionKey, sortKey, globalIndexes, localIndexes }: TableDefinition) {
  const names = new Set([
    partitionKey,
    sortKey,
    ...globalIndexes.flatMap((index) => [index.partitionKey, index.sortKey]),
    ...localIndexes.map((index) => index.sortKey),
  ]);
  return {
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: [...names].map((name) => ({ AttributeName: name, AttributeType: 'S' as const })),
    KeySchema: keys(partitionKey, sortKey),
    ...(globalIndexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: globalIndexes.map((index) => ({
            IndexName: index.name,
            KeySchema: keys(index.partitionKey, index.sortKey),
            Projection: { ProjectionType: 'KEYS_ONLY' as const },
          })),
        }),
    ...(localIndexes.length === 0
      ? {}
      : {
          LocalSecondaryIndexes: localIndexes.map((index) => ({
            IndexName: index.name,
            KeySchema: keys(partitionKey, index.sortKey),
            Projection: { ProjectionType: 'ALL' as const },
          })),
        }),
  };
}
