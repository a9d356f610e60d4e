import { DynamoPreferences } from '../../adapters/dynamodb/preferences.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'preferences'> = ({ plan: { product }, sha256 }) =>
  new DynamoPreferences({ ...releasesTable(), product, sha256 });
