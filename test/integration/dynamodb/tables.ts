/** Tables for a test, with names of their own. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { type DynamoTable, documentClient } from '#functions/adapters/dynamodb/table.ts';
import type { tableDefinitions } from '#functions/adapters/dynamodb/table-keys.ts';
import { createTable } from './create-table.ts';

const ours = new DynamoDBClient({
  endpoint: inject('dynamodb'),
  region: 'eu-west-3',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
let tables = 0;

export async function freshTable(
  kind: keyof typeof tableDefinitions,
  client: DynamoDBClient = ours,
): Promise<DynamoTable> {
  tables += 1;
  // Test files share the server, and each has its own process.
  const table = `${kind}-${process.pid}-${tables}`;
  await createTable(client, table, kind);
  return { client: documentClient(client), table };
}
