/** How runs of a pipeline stand: what its callbacks said. Who reads them has no secret to start one with. */

import type { ScriptReports, ScriptRuns } from '#application/ports/scripts.ts';
import { ScriptNotStarted } from '#domain/errors.ts';
import { quoted } from '#domain/quoted.ts';
import { markerOf } from '../../contracts/webhook.ts';

/** Exit code of what has none: still running. */
const noExitCode = -1;

export const webhookRuns = ({ reports }: { readonly reports: Pick<ScriptReports, 'get'> }): ScriptRuns => ({
  /** Throws ServiceUnavailable, ScriptNotStarted for a command of another runner. */
  async describe(command) {
    const marker = markerOf(command);
    if (marker === undefined) throw new ScriptNotStarted({ code: 'no-such-run', params: { run: command } });
    const report = await reports.get(marker);
    return report ?? { marker, status: 'running', exitCode: noExitCode, summary: quoted('') };
  },
});
