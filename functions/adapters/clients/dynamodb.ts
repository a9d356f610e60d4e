import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documentClient } from '../dynamodb/table.ts';
import { patient, shared } from './patience.ts';

export const dynamoDb = shared(() => documentClient(new DynamoDBClient(patient)));
