/** A message of the plan to one person: what it is written from, and what comes of it. */
import type { Release } from '../ledger/records.ts';
import type { Message, Plan } from '../plan/plan.ts';
import type { Mail } from './mail.ts';
import type { Locale, Translations } from './template.ts';

export type RenderedMail = Pick<Mail, 'subject' | 'html' | 'text'>;

/** Pages of the person's own; each is left out of the mail until something gives it. */
export interface PersonalLinks {
  readonly surveyUrl?: string;
  readonly problemUrl?: string;
  readonly unsubscribeUrl?: string;
}

/** A message of the plan about a release, at a moment, in the languages that it has. */
export interface Letter {
  readonly plan: Plan;
  readonly message: Message;
  readonly release: Release;
  /** When it goes, epoch milliseconds. */
  readonly nowMs: number;
  readonly translations: Translations;
}

/** The mail to one person, in the language they read if the message has it, else in the plan's. */
export type Writer = (reads: Locale | undefined, links?: PersonalLinks) => RenderedMail;
