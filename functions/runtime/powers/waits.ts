import { dynamoDb } from '../../adapters/clients/dynamodb.ts';
import { DynamoWaitStore } from '../../adapters/dynamodb/waits.ts';
import { variable } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'waits'> = ({ clock }) =>
  new DynamoWaitStore({ client: dynamoDb(), table: variable('WAITS_TABLE'), clock });
