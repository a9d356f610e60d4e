import { DynamoEvidenceReader } from '../../adapters/dynamodb/evidence.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'evidence'> = () => new DynamoEvidenceReader(releasesTable());
