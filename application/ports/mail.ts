/** Writing to users, and telling the team. */
import type { Allowance } from '#domain/mailing/daily-quota.ts';
import type { DeliveryStatus } from '#domain/mailing/delivery.ts';
import type { Link } from '#domain/mailing/links.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import type { Notice } from '#domain/mailing/notice.ts';
import type { Translations } from '#domain/mailing/template.ts';
import type { AudiencePage } from './audience.ts';

export interface Tally {
  /** Known once the audience has been listed to its end. */
  readonly total?: number;
  readonly sent: number;
  /** Refused, or not known to have left: listed, never sent again by itself. */
  readonly failed: number;
  /** Not written to: they want no announcements, or are no users any more. */
  readonly declined: number;
}
/** How far an audience has been listed into the queue: pages that are in it, and how many people those have. */
export interface Listing {
  readonly pages: number;
  readonly people: number;
  /** Where the next page begins. */
  readonly cursor?: string;
  readonly done: boolean;
}
/** One row per (campaign, person): the memory that SES does not have. It holds no address. */
export interface CampaignStore {
  listing(campaign: string): Promise<Listing | undefined>;
  /**
   * Names the people of the page after `before`, at most 1000, before any of them is handed to the queue. The first who names
   * them is right for good: answers the page that stands, which whoever comes next hands over again. Nothing when the
   * listing has gone on since. Kept for 180 days.
   */
  intend(
    campaign: string,
    before: Listing | undefined,
    page: AudiencePage,
    atMs: number,
  ): Promise<AudiencePage | undefined>;
  /** The intended page is in the queue. Answers whether the listing was as it was before: one of two listers goes on. */
  advance(campaign: string, before: Listing | undefined, next: Listing): Promise<boolean>;
  /** True for exactly one caller per person: only that one may send. */
  claim(campaign: string, person: string, atMs: number): Promise<boolean>;
  /** Gives a claim back: it is certain that nothing was sent. */
  release(campaign: string, person: string): Promise<void>;
  /** Harmless when repeated; a later state never goes back to an earlier one. */
  mark(campaign: string, person: string, status: DeliveryStatus): Promise<void>;
  tally(campaign: string): Promise<Tally>;
  /** Who was claimed before an instant and of whom nothing was heard since, at most `limit`. */
  silent(campaign: string, beforeMs: number, limit: number): Promise<readonly string[]>;
  /**
   * Who got it or may have got it (a correction must reach them too), in the order of people, in pages of at most `limit`; a
   * page may be short. The cursor is a person, of this campaign or of another one: those up to them have been looked at.
   */
  reached(campaign: string, cursor: string | undefined, limit: number): Promise<AudiencePage>;
}
interface OfCampaign {
  readonly releaseId: string;
  readonly message: string;
  readonly campaign: string;
}
/** `list`: the next pages of the audience into the queue. `send`: a mail to each of at most 10 people. */
export type MailJob = OfCampaign &
  ({ readonly kind: 'list' } | { readonly kind: 'send'; readonly people: readonly string[] });
export interface MailQueue {
  /**
   * At least once, in any order, not before `afterSeconds` (0..900). After an error, enqueueing all again is right.
   */
  enqueue(jobs: readonly MailJob[], afterSeconds?: number): Promise<void>;
}
export interface Mailer {
  /**
   * Throws ServiceUnavailable when it is certain that nothing was sent, MailRefused when that is final as well; any other
   * error leaves it uncertain.
   */
  send(mail: Mail): Promise<{ messageId: string }>;
}
/** Addresses of pages that one person was given. */
export interface Links {
  /** At most 400 characters. Throws ServiceUnavailable. */
  make(link: Link): Promise<string>;
  /** What the token in such an address stands for; nothing when nobody here has signed it. Throws ServiceUnavailable. */
  read(token: string): Promise<Link | undefined>;
}
/** What the mail service still allows. */
export interface SendQuota {
  read(): Promise<Allowance>;
}
/** The templates of the plan's messages, compiled and checked before the deployment. */
export interface Templates {
  /** In each language that it has. Throws RangeError when the plan has no such message. */
  of(message: string): Promise<Translations>;
  /** Of the team's reports. */
  report(): Promise<Translations>;
}
export interface Notifier {
  /**
   * On every channel there is; one that fails keeps no other from telling. Answers the roles that were told: who was not is
   * logged as NOT_NOTIFIED. Throws ServiceUnavailable when nobody could be told now, and perhaps later.
   */
  notify(notice: Notice): Promise<{ readonly told: readonly string[] }>;
}
