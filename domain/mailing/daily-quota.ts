/**
 * Whether a campaign that begins today can also end today: half an announcement is worse than one that comes tomorrow.
 * The limit is the mail service's own, counted per recipient over the last 24 hours (SES, "Service quotas").
 */
import type { MessageDelay } from '../ledger/causes.ts';

/** Why a campaign to so many people must wait, or nothing. */
export function whyNot(recipients: number, mailsInQuota: number): MessageDelay | undefined {
  const mailsLeft = Math.max(0, mailsInQuota);
  return recipients <= mailsLeft ? undefined : { code: 'quota', params: { recipients, mailsLeft } };
}

export interface Allowance {
  readonly mailsPerSecond: number;
  /** Mails that may still go in the 24 hours that end now; infinite when the service sets no limit. */
  readonly mailsLeft: number;
}
