import { DynamoAudienceStore } from '../../adapters/dynamodb/audience.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'audience'> = ({ plan: { product }, sha256 }) =>
  new DynamoAudienceStore({ ...releasesTable(), product, sha256 });
