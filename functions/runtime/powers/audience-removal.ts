import { DynamoAudienceRemoval } from '../../adapters/dynamodb/audience-removal.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'audienceRemoval'> = ({ plan: { product }, sha256 }) =>
  new DynamoAudienceRemoval({ ...releasesTable(), product, sha256 });
