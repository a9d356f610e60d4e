/** One notice on every channel there is. One that fails keeps no other from telling. */

import type { Notifier } from '#application/ports/mail.ts';
import type { Log } from '#application/ports/ports.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { nameOf } from '../aws-errors.ts';

/** Throws ServiceUnavailable when nobody was told and one channel may be better later. */
export const everyChannel = (channels: readonly Notifier[], log: Log): Notifier => ({
  async notify(notice) {
    const ended = await Promise.allSettled(channels.map((channel) => channel.notify(notice)));
    const told = new Set(ended.flatMap((one) => (one.status === 'fulfilled' ? one.value.told : [])));
    const reasons = ended.flatMap((one): readonly unknown[] =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    for (const reason of reasons) {
      log.write('NOT_NOTIFIED', { releaseId: notice.releaseId, roles: notice.roles, why: nameOf(reason) });
    }
    const outage = reasons.find((reason) => reason instanceof ServiceUnavailable);
    if (told.size === 0 && outage !== undefined) throw outage;
    return { told: [...told] };
  },
});
