import { DynamoFeedbackStore } from '../../adapters/dynamodb/feedback.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'feedback'> = () => new DynamoFeedbackStore(releasesTable());
