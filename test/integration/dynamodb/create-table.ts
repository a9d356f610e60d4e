/** A table as `tableDefinitions` says, in the service's words. */
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type TableDefinition, tableDefinitions } from '#functions/adapters/dynamodb/table-keys.ts';

export async function createTable(
  client: DynamoDBClient,
  name: string,
  kind: keyof typeof tableDefinitions,
): Promise<void> {
  await client.send(new CreateTableCommand({ TableName: name, ...schemaOf(tableDefinitions[kind]) }));
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
