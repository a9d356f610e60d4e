import { DynamoVersions } from '../../adapters/dynamodb/versions.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'versions'> = ({ plan }) => new DynamoVersions(releasesTable(), plan.product);
