import { DynamoAnswers } from '../../adapters/answers.dynamodb.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'answers'> = () => new DynamoAnswers(releasesTable());
