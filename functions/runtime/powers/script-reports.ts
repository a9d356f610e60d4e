import { DynamoScriptReports } from '../../adapters/dynamodb/script-reports.ts';
import type { Provide } from './power.ts';
import { releasesTable } from './releases-table.ts';

export const provide: Provide<'scriptReports'> = ({ clock }) =>
  new DynamoScriptReports({ ...releasesTable(), clock });
