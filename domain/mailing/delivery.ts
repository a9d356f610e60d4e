/** What is known of one mail to one person. A later word never goes back to an earlier one. */
export type DeliveryStatus =
  | 'claimed'
  | 'sent'
  | 'failed'
  | 'declined'
  | 'unknown'
  | 'delivered'
  | 'bounced'
  | 'complained';

const rank: Readonly<Record<DeliveryStatus, number>> = {
  claimed: 0,
  unknown: 1,
  failed: 2,
  declined: 2,
  sent: 2,
  delivered: 3,
  bounced: 3,
  complained: 4,
};

/** Whether `status` says more than `before`: events come at least once and in any order. */
export const isNews = (status: DeliveryStatus, before: DeliveryStatus): boolean =>
  rank[status] > rank[before];

export const counts = ['sent', 'failed', 'declined'] as const;
export type Count = (typeof counts)[number];

/** Where a person counts in a campaign's tally. */
export function countedAs(status: DeliveryStatus): Count | undefined {
  if (status === 'claimed') return undefined;
  if (status === 'declined') return 'declined';
  return status === 'unknown' || status === 'failed' ? 'failed' : 'sent';
}

/** Of who has the mail or may have it: a correction must reach those of whom it is not known, too. */
export const inHand: readonly DeliveryStatus[] = ['claimed', 'unknown', 'sent', 'delivered', 'complained'];
