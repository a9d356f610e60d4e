import { DynamoBakeStore } from '../../adapters/dynamodb/bakes.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'bakes'> = () => new DynamoBakeStore(releasesTable());
