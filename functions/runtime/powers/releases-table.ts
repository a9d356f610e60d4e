import { dynamoDb } from '../../adapters/clients/dynamodb.ts';
import { variable } from '../environment.ts';

export const releasesTable = () => ({ client: dynamoDb(), table: variable('RELEASES_TABLE') });
