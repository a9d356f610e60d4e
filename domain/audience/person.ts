/** The product's users as everything outside their audience knows them. */
import type { Locale } from '../mailing/template.ts';
import type { Audience } from '../plan/plan.ts';
import type { Sha256 } from '../sha256.ts';

/**
 * A user under a name that says nothing about them: 64 hexadecimal digits, sha256 of the user id. All that is kept about
 * mails is kept under it, so that forgetting a person in the audience forgets them everywhere.
 */
export const personOf = (sha256: Sha256, userId: string): string => sha256(userId);

/** An address under a name that says nothing about it, so that one that failed is known again: 64 hexadecimal digits. */
export const mailboxOf = (sha256: Sha256, address: string): string => sha256(address.toLowerCase());

/** A user of the product. Outside the audience they are only known as a `person` (`personOf`, 64 hexadecimal digits). */
export interface Member {
  readonly userId: string;
  readonly address: string;
  /** The language that the person reads; absent: the plan's. */
  readonly locale?: Locale;
  /** Segments of the plan that the person is in, sorted; absent: none. */
  readonly segments?: readonly string[];
  /** The person wants no announcements. */
  readonly optOut?: true;
  /** No mail arrives at the address, or none is wanted there. */
  readonly unreachable?: Unreachable;
}
/** A user as a file of users tells of them; the rest is `Preferences`. */
export type Imported = Omit<Member, 'optOut' | 'unreachable'>;
export type AudienceSelection = Exclude<Audience, { told: true }>;
export type Unreachable = 'bounced' | 'complained';
