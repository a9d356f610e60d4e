/** What pipelines reported of their runs, in memory. */
import type { ScriptReports, ScriptStatus } from '#application/ports/scripts.ts';

export class MemoryScriptReports implements ScriptReports {
  readonly #reports = new Map<string, ScriptStatus>();

  async get(marker: string): Promise<ScriptStatus | undefined> {
    return this.#reports.get(marker);
  }

  async put(report: ScriptStatus): Promise<boolean> {
    const { status = 'running' } = this.#reports.get(report.marker) ?? {};
    if (status !== 'running') return false;
    this.#reports.set(report.marker, report);
    return true;
  }
}
