/** How every handler's fault stands in the log, wherever it was caught. */
import type { Log } from '#application/ports/ports.ts';

export function logFailure(log: Log, handler: string, error: unknown, more: object = {}): void {
  const said =
    error instanceof Error
      ? { error: error.name, message: error.message }
      : { error: 'unknown', message: String(error) };
  log.write('HANDLER_FAILED', { handler, ...more, ...said });
}
