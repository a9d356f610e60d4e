import { DynamoReleaseStore } from '../../adapters/dynamodb/releases.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'releases'> = () => new DynamoReleaseStore(releasesTable());
