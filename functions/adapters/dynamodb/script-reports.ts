/** What pipelines reported of their runs: one row per run in the table `releases`. */
import * as z from 'zod';
import type { Clock } from '#application/ports/ports.ts';
import type { ScriptReports, ScriptStatus } from '#application/ports/scripts.ts';
import { quote } from '../../contracts/causes.ts';
import { change, type DynamoTable, read } from './table.ts';
import { reportKey } from './table-keys.ts';

/** What counts is in the ledger once the wait is settled; the report is kept for a look back. */
const keptDays = 90;

const ReportRow = z.object({
  marker: z.string(),
  status: z.enum(['running', 'succeeded', 'failed']),
  exitCode: z.int(),
  summary: quote(z.string()),
}) satisfies z.ZodType<ScriptStatus>;

export class DynamoScriptReports implements ScriptReports {
  readonly #table: DynamoTable;
  readonly #clock: Clock;

  constructor({ clock, ...table }: DynamoTable & { readonly clock: Clock }) {
    this.#table = table;
    this.#clock = clock;
  }

  async get(marker: string): Promise<ScriptStatus | undefined> {
    const row = await read(this.#table, reportKey(marker));
    return row && ReportRow.parse(row);
  }

  /** Throws ServiceUnavailable. */
  async put({ marker, status, exitCode, summary }: ScriptStatus): Promise<boolean> {
    const expiresAt = Math.floor(this.#clock.nowMs() / 1000) + keptDays * 86_400;
    const lost = await change(this.#table, [
      {
        put: { ...reportKey(marker), marker, status, exitCode, summary, expiresAt },
        when: 'attribute_not_exists(#pk) OR #status = :running',
        values: { ':running': 'running' },
      },
    ]);
    return lost === undefined;
  }
}
