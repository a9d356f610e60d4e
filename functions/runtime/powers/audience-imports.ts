import { DynamoAudienceImports } from '../../adapters/dynamodb/audience-imports.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'audienceImports'> = ({ plan: { product }, sha256 }) =>
  new DynamoAudienceImports({ ...releasesTable(), product, sha256 });
