import { DynamoAudienceRemoval } from '../../adapters/audience-removal.dynamodb.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'audienceRemoval'> = ({ plan: { product } }) =>
  new DynamoAudienceRemoval({ ...releasesTable(), product });
