/**
 * Whether a campaign that begins today can also end today: half an announcement is worse than one that comes tomorrow.
 * The limit is the mail service's own, counted per recipient over the last 24 hours (SES, "Service quotas").
 */
export interface Capacity {
  readonly people: number;
  readonly mailsLeft: number;
}

export const capacityOf = (people: number, mailsLeft: number): Capacity => ({
  people,
  mailsLeft: Math.max(0, mailsLeft),
});

/** Why the campaign must wait, or nothing. */
export function whyNot({ people, mailsLeft }: Capacity): string | undefined {
  if (people <= mailsLeft) return undefined;
  return `${people} recipients, and the mail quota has ${mailsLeft} mails left today`;
}
