/** Tells people, as well as it can be done: a reminder that cannot be sent must not roll a release back. */
import { ServiceUnavailable } from '#domain/errors.ts';
import type { With } from './port-groups.ts';
import type { Notifier } from './ports/mail.ts';

export async function notify(
  { notifier, log }: With<'notifier'>,
  notice: Parameters<Notifier['notify']>[0],
): Promise<void> {
  try {
    await notifier.notify(notice);
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error;
    log.write('NOT_NOTIFIED', { releaseId: notice.releaseId, roles: notice.roles });
  }
}
