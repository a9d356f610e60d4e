/**
 * The log on AWS: one entry per thing worth knowing, with the code that `domain/log.ts` lists. Lambda itself makes it a line
 * of JSON with instant, level and request id (its JSON log format), so no library does (docs/why/adr/0004-dependencies.md).
 */

import type { Log } from '#application/ports/ports.ts';
import { type LogCode, logCatalogue } from '#domain/log.ts';

const faults: ReadonlySet<LogCode> = new Set([
  'HANDLER_FAILED',
  'EVENT_UNREADABLE',
  'INCIDENT_NOT_CALLED',
  'EXECUTION_STOPPED',
]);

export const consoleLog = (): Log => ({
  write(code, fields) {
    const entry = { code, says: logCatalogue[code], ...fields };
    if (faults.has(code)) console.error(entry);
    else console.info(entry);
  },
});
