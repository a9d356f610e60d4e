/** The product's users as everything outside their audience knows them. */
import { createHash } from 'node:crypto';

/**
 * A user under a name that says nothing about them: 64 hexadecimal digits, sha256 of the user id. All that is kept about
 * mails is kept under it, so that forgetting a person in the audience forgets them everywhere.
 */
export const personOf = (userId: string): string => createHash('sha256').update(userId).digest('hex');

/** An address under a name that says nothing about it, so that one that failed is known again: 64 hexadecimal digits. */
export const mailboxOf = (address: string): string =>
  createHash('sha256').update(address.toLowerCase()).digest('hex');
