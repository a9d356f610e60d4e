import { DynamoAnswers } from '../../adapters/dynamodb/answers.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'answers'> = () => new DynamoAnswers(releasesTable());
