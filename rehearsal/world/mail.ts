/** Mail in a simulated world: the queue, SES, the mailboxes, and the memory of who was sent what. */
import { countedAs, type DeliveryStatus, inHand, isNews } from '#domain/delivery.ts';
import type {
  AudiencePage,
  CampaignStore,
  Mail,
  Mailer,
  MailJob,
  MailQueue,
  Recipient,
  Tally,
} from '#domain/ports.ts';
import { withinPage } from './page.ts';

interface Row {
  readonly recipient: Recipient;
  readonly claimedMs: number;
  status: DeliveryStatus;
}
interface Campaign {
  readonly rows: Map<string, Row>;
  total: number | undefined;
  sent: number;
  failed: number;
}

export class MemoryCampaignStore implements CampaignStore {
  readonly #campaigns = new Map<string, Campaign>();
  writes = 0;

  #of(campaign: string): Campaign {
    const known = this.#campaigns.get(campaign);
    if (known) return known;
    const fresh: Campaign = { rows: new Map(), total: undefined, sent: 0, failed: 0 };
    this.#campaigns.set(campaign, fresh);
    return fresh;
  }

  async listed(campaign: string, total: number): Promise<void> {
    this.writes += 1;
    this.#of(campaign).total = total;
  }

  async claim(campaign: string, recipient: Recipient, atMs: number): Promise<boolean> {
    this.writes += 1;
    const { rows } = this.#of(campaign);
    if (rows.has(recipient.userId)) return false;
    rows.set(recipient.userId, { recipient, status: 'claimed', claimedMs: atMs });
    return true;
  }

  async release(campaign: string, userId: string): Promise<void> {
    this.writes += 1;
    const { rows } = this.#of(campaign);
    if (rows.get(userId)?.status === 'claimed') rows.delete(userId);
  }

  async mark(campaign: string, userId: string, status: DeliveryStatus): Promise<void> {
    const known = this.#of(campaign);
    const row = known.rows.get(userId);
    if (!row || !isNews(status, row.status)) return;
    this.writes += 1;
    const [from, to] = [countedAs(row.status), countedAs(status)];
    if (from !== undefined) known[from] -= 1;
    if (to !== undefined) known[to] += 1;
    row.status = status;
  }

  async tally(campaign: string): Promise<Tally> {
    const { total, sent, failed } = this.#of(campaign);
    return { sent, failed, ...(total === undefined ? {} : { total }) };
  }

  async silent(campaign: string, beforeMs: number, limit: number): Promise<readonly string[]> {
    const silent = [...this.#of(campaign).rows.values()].filter(
      ({ status, claimedMs }) => status === 'claimed' && claimedMs < beforeMs,
    );
    return silent.slice(0, withinPage(limit)).map(({ recipient }) => recipient.userId);
  }

  async reached(campaign: string, cursor: string | undefined, limit: number): Promise<AudiencePage> {
    // After a person, not after a number: more may be reached between two pages.
    const rows = [...this.#of(campaign).rows.values()].filter(({ status }) => inHand.includes(status));
    const ids = rows.map(({ recipient }) => recipient).toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
    const from = cursor === undefined ? 0 : ids.findIndex(({ userId }) => userId > cursor);
    const recipients = from < 0 ? [] : ids.slice(from, from + withinPage(limit));
    const last = recipients.at(-1)?.userId;
    return last !== undefined && last !== ids.at(-1)?.userId ? { recipients, cursor: last } : { recipients };
  }
}

/** SQS: jobs wait until they are delivered in batches. */
export class MemoryMailQueue implements MailQueue {
  readonly #deliver: (jobs: readonly MailJob[]) => void;

  constructor(deliver: (jobs: readonly MailJob[]) => void) {
    this.#deliver = deliver;
  }

  async enqueue(jobs: readonly MailJob[]): Promise<void> {
    this.#deliver(jobs);
  }
}

/** What arrived: per campaign, how many mails each person has. */
export class Mailboxes {
  readonly #campaigns = new Map<string, { readonly message: string; readonly mails: Map<string, number> }>();

  put({ tags }: Mail): void {
    const known = this.#campaigns.get(tags.campaign) ?? {
      message: tags.message,
      mails: new Map<string, number>(),
    };
    known.mails.set(tags.user, (known.mails.get(tags.user) ?? 0) + 1);
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
