/**
 * Whether a campaign that begins today can also end today: half an announcement is worse than one that comes tomorrow.
 * The limit is the mail service's own, counted per recipient over the last 24 hours (SES, "Service quotas").
 */

/** Why a campaign to so many people must wait, or nothing. */
export function whyNot(people: number, mailsLeft: number): string | undefined {
  const left = Math.max(0, mailsLeft);
  return people <= left ? undefined : `${people} recipients, and the mail quota has ${left} mails left today`;
}

export interface Allowance {
  readonly mailsPerSecond: number;
  /** Mails that may still go in the 24 hours that end now; infinite when the service sets no limit. */
  readonly mailsLeft: number;
}
