import { DynamoReleaseReader } from '../../adapters/dynamodb/release-reader.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'reader'> = () => new DynamoReleaseReader(releasesTable());
