/** What is known about writing to a person, and what of it counts for the address that they have now. */

import type { Message } from '../plan/plan.ts';
import type { Sha256 } from '../sha256.ts';
import type { Member, Unreachable } from './person.ts';
import { mailboxOf } from './person.ts';

export interface Preference {
  /** The person's newest word; absent: they have not said anything. */
  readonly optOut?: boolean | undefined;
  readonly unreachable?: Unreachable | undefined;
  /** Of the address at which they were not reached (`mailboxOf`). */
  readonly mailbox?: string | undefined;
}

/** A bounce is the address's, and is forgotten with it; a complaint is the person's. */
export function flagsOf(
  sha256: Sha256,
  { optOut, unreachable, mailbox }: Preference,
  address: string,
): Pick<Member, 'optOut' | 'unreachable'> {
  const counts =
    unreachable === 'complained' || (unreachable === 'bounced' && mailbox === mailboxOf(sha256, address));
  return { ...(optOut ? { optOut } : {}), ...(counts ? { unreachable } : {}) };
}

/** A message without a date is caused by an event (emergency, correction, degraded mode): nobody is spared that. */
export const mayBeWritten = ({ date }: Message, { optOut, unreachable }: Member): boolean =>
  unreachable === undefined && !(optOut === true && date !== undefined);
