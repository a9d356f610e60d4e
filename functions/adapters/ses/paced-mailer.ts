/**
 * A mailer that keeps within what the service allows: each of the senders at work takes its share of the rate, and none begins
 * a mail that the day's quota has no room for. A refusal for going too fast counts against the account's reputation.
 */

import type { Mailer, SendQuota } from '#application/ports/mail.ts';
import type { Clock } from '#application/ports/ports.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import type { Allowance } from '#domain/mailing/daily-quota.ts';
import { takeTurn } from '#domain/mailing/send-rate.ts';

export interface PaceSettings {
  readonly quota: SendQuota;
  readonly clock: Clock;
  /** Senders at work side by side, at most. */
  readonly senders: number;
  readonly sleep: (ms: number) => Promise<unknown>;
}
/** The rest is for notices to the team, and for clocks that differ. */
const share = 0.8;

/** Throws, beside what the mailer throws, ServiceUnavailable when today's quota is used up. */
export function pacedMailer(mailer: Mailer, { quota, clock, senders, sleep }: PaceSettings): Mailer {
  let freeAtMs = 0;
  let asked: Allowance | undefined;
  let mailsLeft = 0;
  return {
    async send(mail) {
      const allowance = await quota.read();
      if (allowance !== asked) ({ mailsLeft } = asked = allowance);
      if (mailsLeft < 1) throw new ServiceUnavailable({ code: 'mail-quota-used-up', params: {} });
      mailsLeft -= 1;
      const turn = takeTurn(freeAtMs, (allowance.mailsPerSecond * share) / senders, clock.nowMs());
      freeAtMs = turn.freeAtMs;
      if (turn.waitMs > 0) await sleep(turn.waitMs);
      return mailer.send(mail);
    },
  };
}
