/** How every handler's fault stands in the log, wherever it was caught. */
import type { Log } from '#application/ports/ports.ts';
import { InvalidInput } from '#domain/errors.ts';

export function logFailure(log: Log, handler: string, error: unknown, more: object = {}): void {
  const said =
    error instanceof Error
      ? { error: error.name, message: error.message }
      : { error: 'unknown', message: String(error) };
  log.write('HANDLER_FAILED', { handler, ...more, ...said });
  // Counted by itself: one is enough to call somebody.
  if (isUnreadable(error)) log.write('EVENT_UNREADABLE', { handler, ...more });
}

/** Whoever sent it was understood by nobody: no try will mend that. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof InvalidInput &&
  (error.refusal.code === 'contract-broken' || error.refusal.code === 'body-not-json');
