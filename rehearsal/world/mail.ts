/** Mail in a simulated world: the queue, SES, the mailboxes, and the memory of who was sent what. */

import type { AudiencePage } from '#application/ports/audience.ts';
import type { CampaignStore, Listing, Mailer, MailJob, MailQueue, Tally } from '#application/ports/mail.ts';
import { type Count, countedAs, type DeliveryStatus, inHand, isNews } from '#domain/mailing/delivery.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import { withinPage } from './page.ts';

interface Row {
  readonly claimedMs: number;
  status: DeliveryStatus;
}
interface Campaign {
  readonly rows: Map<string, Row>;
  readonly tally: Record<Count, number>;
  listing: Listing | undefined;
  /** The page that was named last, and its number. */
  intended: { readonly nth: number; readonly page: AudiencePage } | undefined;
}

export class MemoryCampaignStore implements CampaignStore {
  readonly #campaigns = new Map<string, Campaign>();
  writes = 0;

  #of(campaign: string): Campaign {
    const known = this.#campaigns.get(campaign);
    if (known) return known;
    const tally = { sent: 0, failed: 0, declined: 0 };
    const fresh: Campaign = { rows: new Map(), tally, listing: undefined, intended: undefined };
    this.#campaigns.set(campaign, fresh);
    return fresh;
  }

  async listing(campaign: string): Promise<Listing | undefined> {
    return this.#of(campaign).listing;
  }

  async intend(
    campaign: string,
    before: Listing | undefined,
    page: AudiencePage,
  ): Promise<AudiencePage | undefined> {
    const known = this.#of(campaign);
    const nth = (before?.pages ?? 0) + 1;
    if (known.intended === undefined || known.intended.nth === nth - 1) {
      this.writes += 1;
      known.intended = { nth, page };
    }
    return known.intended?.nth === nth ? known.intended.page : undefined;
  }

  async advance(campaign: string, before: Listing | undefined, next: Listing): Promise<boolean> {
    const known = this.#of(campaign);
    if (known.listing?.pages !== before?.pages || known.listing?.done === true) return false;
    this.writes += 1;
    known.listing = next;
    return true;
  }

  async claim(campaign: string, person: string, atMs: number): Promise<boolean> {
    this.writes += 1;
    const { rows } = this.#of(campaign);
    if (rows.has(person)) return false;
    rows.set(person, { status: 'claimed', claimedMs: atMs });
    return true;
  }

  async release(campaign: string, person: string): Promise<void> {
    this.writes += 1;
    const { rows } = this.#of(campaign);
    if (rows.get(person)?.status === 'claimed') rows.delete(person);
  }

  async mark(campaign: string, person: string, status: DeliveryStatus): Promise<void> {
    const { rows, tally } = this.#of(campaign);
    const row = rows.get(person);
    if (!row || !isNews(status, row.status)) return;
    this.writes += 1;
    const [from, to] = [countedAs(row.status), countedAs(status)];
    if (from !== undefined) tally[from] -= 1;
    if (to !== undefined) tally[to] += 1;
    row.status = status;
  }

  async tally(campaign: string): Promise<Tally> {
    const { tally, listing } = this.#of(campaign);
    return { ...tally, ...(listing?.done ? { total: listing.people } : {}) };
  }

  async silent(campaign: string, beforeMs: number, limit: number): Promise<readonly string[]> {
    const silent = [...this.#of(campaign).rows].filter(
      ([, { status, claimedMs }]) => status === 'claimed' && claimedMs < beforeMs,
    );
    return silent.slice(0, withinPage(limit)).map(([person]) => person);
  }

  async reached(campaign: string, cursor: string | undefined, limit: number): Promise<AudiencePage> {
    // After a person, not after a number: more may be reached between two pages.
    const ids = [...this.#of(campaign).rows]
      .filter(([, { status }]) => inHand.includes(status))
      .map(([person]) => person)
      .toSorted();
    const from = cursor === undefined ? 0 : ids.findIndex((person) => person > cursor);
    const people = from < 0 ? [] : ids.slice(from, from + withinPage(limit));
    const last = people.at(-1);
    return last !== undefined && last !== ids.at(-1) ? { people, cursor: last } : { people };
  }
}

/** SQS: jobs wait until they are delivered in batches. */
export class MemoryMailQueue implements MailQueue {
  readonly #deliver: (jobs: readonly MailJob[], afterSeconds: number) => void;

  constructor(deliver: (jobs: readonly MailJob[], afterSeconds: number) => void) {
    this.#deliver = deliver;
  }

  async enqueue(jobs: readonly MailJob[], afterSeconds = 0): Promise<void> {
    this.#deliver(jobs, afterSeconds);
  }
}

interface Arrived {
  readonly message: string;
  readonly mails: Map<string, number>;
  readonly first: Mail;
}

/** What arrived: per campaign, how many mails each person has, and the first as it went. */
export class Mailboxes {
  readonly #campaigns = new Map<string, Arrived>();

  put(mail: Mail): void {
    const { tags } = mail;
    const known = this.#campaigns.get(tags.campaign) ?? {
      message: tags.message,
      mails: new Map<string, number>(),
      first: mail,
    };
    known.mails.set(tags.person, (known.mails.get(tags.person) ?? 0) + 1);
    this.#campaigns.set(tags.campaign, known);
  }

  /** People and mails per campaign; the two differ only if somebody got a message twice. */
  summary(): readonly { campaign: string; message: string; people: number; mails: number }[] {
    return [...this.#campaigns].map(([campaign, { message, mails }]) => ({
      campaign,
      message,
      people: mails.size,
      mails: mails.values().reduce((sum, one) => sum + one, 0),
    }));
  }

  /** One of each campaign, in the order in which these began. */
  firsts(): readonly Mail[] {
    return [...this.#campaigns.values()].map(({ first }) => first);
  }

  readers(campaign: string): ReadonlySet<string> {
    return new Set(this.#campaigns.get(campaign)?.mails.keys());
  }
}

/** SES: takes one mail at a time, remembers none, tells what became of it by events. */
export class MemoryMailer implements Mailer {
  readonly #mailboxes: Mailboxes;
  readonly #tell: (mail: Mail, messageId: string) => void;
  sent = 0;

  constructor(mailboxes: Mailboxes, tell: (mail: Mail, messageId: string) => void) {
    this.#mailboxes = mailboxes;
    this.#tell = tell;
  }

  async send(mail: Mail): Promise<{ messageId: string }> {
    this.sent += 1;
    const messageId = `ses-${this.sent}`;
    this.#mailboxes.put(mail);
    this.#tell(mail, messageId);
    return { messageId };
  }
}
