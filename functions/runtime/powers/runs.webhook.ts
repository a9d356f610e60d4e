import { webhookRuns } from '../../adapters/webhook/runs.ts';
import type { Provide } from './power.ts';
import { provide as scriptReports } from './script-reports.ts';

export const provide: Provide<'runs'> = (base) => webhookRuns({ reports: scriptReports(base) });
