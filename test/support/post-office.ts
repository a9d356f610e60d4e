/**
 * The sender in the worst week of its life: a queue that doubles and reorders, a mail service that throttles, refuses, loses
 * its answers and runs out of quota, events that come twice and late, and a process that dies between any two calls.
 */

import { reviewMessages, sendNow } from '#application/messages.ts';
import type { MailJob } from '#application/ports/mail.ts';
import type { Ports } from '#application/ports/ports.ts';
import { emptyTally } from '#domain/audience/audience-size.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import type { Mail } from '#domain/mailing/mail.ts';
import { dayMs } from '#domain/time.ts';
import { encodeTag } from '#functions/contracts/mail-tags.ts';
import { mailEvent } from '#functions/events/mail-event.ts';
import { mailJob } from '#functions/events/mail-job.ts';
import { type Handler, handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { templatesFor } from '#mails/library.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import type { Chance } from '#rehearsal/world/chance.ts';
import { crashing } from '#rehearsal/world/chaos.ts';
import { SimulatedSchedules } from '#rehearsal/world/cloud.ts';
import { SimulatedLinks } from '#rehearsal/world/feedback.ts';
import { MemoryCampaignStore } from '#rehearsal/world/mail.ts';
import { MemoryReleaseStore } from '#rehearsal/world/release-store.ts';
import { Population, userAt } from '#rehearsal/world/users.ts';
import { wording } from '#rehearsal/world/wording.ts';
import { record, tallied } from '#test/support/hashed.ts';
import { admitted } from './builders.ts';
import type { OneDeath } from './one-death.ts';
import { readPlanForTest } from './plans.ts';
import { busy, refusedMail } from './refusals.ts';

/** Probabilities, 0 to 1, each of a call or of a delivery. */
export interface Weather {
  readonly crash: number;
  readonly duplicate: number;
  readonly throttled: number;
  readonly refused: number;
  /** The mail left, the answer did not come. */
  readonly answerLost: number;
  /** The mail did not leave, and nobody said so. */
  readonly requestLost: number;
  readonly bounced: number;
  /** Others work while a lister is between two pages. */
  readonly interrupted: number;
  /** Mails that the service takes in a day. */
  readonly quota: number;
}

const plan = readPlanForTest('technicia');
const releaseId = 'r1';
export const message = 'launch';
export const campaign = `${releaseId}.${message}`;
/** To more people, some of whom have the first one. */
const extension = 'extension';
export const correction = { message: 'emergency', campaign: `${releaseId}.emergency.rollback` };
const startMs = Date.parse('2025-05-18T08:00:00Z');
const interruptionDeliveries = 200;

interface Delivery {
  readonly handler: 'mail-job' | 'mail-event';
  readonly body: string;
}

export class PostOffice {
  readonly campaigns = new MemoryCampaignStore();
  readonly releases = new MemoryReleaseStore();
  readonly audience: Population;
  /** What arrived: mails by person, of the announcement, of the second one and of what corrects them. */
  readonly mailboxes = new Map<string, number>();
  readonly extensions = new Map<string, number>();
  readonly corrections = new Map<string, number>();
  /** Whose mail came back: they are not told again, unless they have another one. */
  readonly bounced = new Set<string>();
  /** Percentage of users with access at each mail that left. */
  readonly exposures = new Set<number>();
  readonly #chance: Chance;
  readonly #weather: Weather;
  readonly #clock = new VirtualClock(startMs);
  readonly #ports: Ports;
  readonly #handlers: Readonly<Record<'mail-job' | 'mail-event', Handler>>;
  readonly #queued: Delivery[] = [];
  readonly #death: OneDeath | undefined;
  #sentToday = 0;
  #exposure = 0;
  #interrupted = false;

  /** `death`: the one crash that there is, whatever the weather says. */
  constructor(users: number, chance: Chance, weather: Weather, death?: OneDeath) {
    this.#chance = chance;
    this.#death = death;
    this.#weather = weather;
    this.audience = new Population(plan.product, users);
    this.#ports = {
      plan,
      clock: this.#clock,
      log: { write: () => {} },
      sha256,
      sayRefusal,
      releases: this.releases,
      campaigns: this.campaigns,
      audience: this.audience,
      templates: templatesFor(plan),
      ...wording,
      links: new SimulatedLinks('key'),
      preferences: this.audience,
      schedules: new SimulatedSchedules(this.#clock, () => {}),
      quota: { read: async () => ({ mailsPerSecond: 14, mailsLeft: weather.quota - this.#sentToday }) },
      mailQueue: {
        enqueue: async (jobs: readonly MailJob[]) => {
          for (const job of jobs) this.#queue('mail-job', job);
          await this.#interrupt();
        },
      },
      mailer: { send: async (mail: Mail) => this.#send(mail) },
    } as unknown as Ports;
    const dying = death ? crashing(this.#ports, death, 1) : crashing(this.#ports, chance, weather.crash);
    this.#handlers = {
      'mail-job': handlerOf(mailJob, dying),
      'mail-event': handlerOf(mailEvent, dying),
    };
  }

  /** Admits the release on its launch day, the message planned for that hour. */
  async admit(): Promise<void> {
    const launchDay = plan.launch.day;
    const planned = {
      type: 'message.planned',
      message,
      dueAt: new Date(startMs).toISOString(),
      epoch: 1,
    } as const;
    await this.#record({ ...admitted, launchDay } as typeof admitted, planned);
  }

  /** A week after the first announcement, half of the users have access, and the second one goes. */
  async extend(): Promise<void> {
    const dueAt = new Date(this.#clock.nowMs() + 7 * dayMs).toISOString();
    await this.#record({ type: 'message.planned', message: extension, dueAt, epoch: 1 });
    await this.expose(50);
    await this.reconcile(7 * 24);
  }

  /** Users get access, or lose it. */
  async expose(to: number): Promise<void> {
    const fact = {
      type: 'exposure.changed',
      phase: plan.launch.phase,
      attempt: 1,
      from: this.#exposure,
      to,
    } as const;
    this.#exposure = to;
    await this.#record(fact);
  }

  async #record(...facts: Parameters<typeof record>[1]): Promise<void> {
    const before = this.releases.peek(releaseId);
    const by = { at: new Date(this.#clock.nowMs()).toISOString(), actor: 'system:test' };
    const { next, entries } = record(before ?? releaseId, facts, by);
    await this.releases.commit(before, next, entries);
  }

  /** What the hourly reconciler does; `hours` pass before. */
  async reconcile(hours: number): Promise<void> {
    const before = Math.floor(this.#clock.nowMs() / dayMs);
    await this.#clock.runFor(hours * 3_600_000);
    if (Math.floor(this.#clock.nowMs() / dayMs) > before) this.#sentToday = 0;
    await reviewMessages(this.#ports as Parameters<typeof reviewMessages>[0], releaseId);
  }

  /** An import replaces all users by those of these numbers: some go, some come. */
  async replaceUsers({ from, to }: { readonly from: number; readonly to: number }): Promise<void> {
    const users = Array.from({ length: to - from }, (_, nth) => userAt(from + nth));
    const tally = tallied(emptyTally, plan.product, users);
    await this.audience.open('1', this.#clock.nowMs());
    await this.audience.put('1', users);
    await this.audience.publish('1', tally, this.#clock.nowMs());
  }

  /** The release is rolled back, and who was told is told so. */
  async correct(): Promise<void> {
    await this.expose(0);
    await sendNow(this.#ports as Parameters<typeof sendNow>[0], releaseId, correction.message, 'rollback');
  }

  /** Another sender of the account takes so many of the day's mails. */
  spend(mails: number): void {
    this.#sentToday += mails;
  }

  /** Works the queue off, at most so many deliveries; answers how many there were. */
  async work(deliveriesMax: number): Promise<number> {
    let deliveries = 0;
    for (; deliveries < deliveriesMax && this.#queued.length > 0; deliveries += 1) await this.#deliver();
    return deliveries;
  }

  get waiting(): number {
    return this.#queued.length;
  }

  #queue(handler: 'mail-job' | 'mail-event', body: unknown): void {
    this.#queued.push({ handler, body: JSON.stringify(body) });
  }

  /** Others work for a while. Nobody interrupts them. */
  async #interrupt(): Promise<void> {
    if (this.#interrupted || !this.#chance.happens(this.#weather.interrupted)) return;
    this.#interrupted = true;
    await this.work(interruptionDeliveries);
    this.#interrupted = false;
  }

  async #deliver(): Promise<void> {
    // Any of them, and some stay in the queue although they were delivered.
    const at = Math.floor(this.#chance.uniform() * this.#queued.length);
    const one = this.#queued[at];
    const last = this.#queued.pop();
    if (!one || !last) return;
    if (at < this.#queued.length) this.#queued[at] = last;
    if (this.#chance.happens(this.#weather.duplicate)) this.#queued.push(one);
    if (!(await this.#done(one))) this.#queued.push(one);
  }

  async #done({ handler, body }: Delivery): Promise<boolean> {
    try {
      const answer = await this.#handlers[handler]({ Records: [{ messageId: 'm', body }] });
      return (answer as { batchItemFailures: unknown[] }).batchItemFailures.length === 0;
    } catch {
      return false;
    } finally {
      this.#death?.revive();
    }
  }

  /** Of a mail that has arrived: the bounce of somebody else's address, and that it is no unwanted mail. */
  #tellAstray(to: string, tags: object): void {
    const mail = { destination: [to], tags };
    const stranger = [{ emailAddress: 'stranger@users.example' }];
    const reader = [{ emailAddress: to }];
    this.#queue('mail-event', {
      'detail-type': 'Email Bounced',
      detail: { mail, bounce: { bounceType: 'Permanent', bouncedRecipients: stranger } },
    });
    this.#queue('mail-event', {
      'detail-type': 'Email Complaint Received',
      detail: { mail, complaint: { complainedRecipients: reader, complaintFeedbackType: 'not-spam' } },
    });
  }

  #send(mail: Mail): { messageId: string } {
    const { throttled, refused, answerLost, requestLost, bounced, quota } = this.#weather;
    if (this.#sentToday >= quota) throw new ServiceUnavailable({ code: 'mail-quota-used-up', params: {} });
    if (this.#chance.happens(throttled)) throw busy('SES');
    if (this.#chance.happens(refused)) throw refusedMail();
    if (this.#chance.happens(requestLost)) throw new Error('the line was cut');
    this.#sentToday += 1;
    const { person, message: of } = mail.tags;
    const boxes = of === message ? this.mailboxes : of === extension ? this.extensions : this.corrections;
    boxes.set(person, (boxes.get(person) ?? 0) + 1);
    if (of === message) this.exposures.add(this.#exposure);
    const tags = Object.fromEntries(Object.entries(mail.tags).map(([name, tag]) => [name, [encodeTag(tag)]]));
    const tell = (type: string) =>
      this.#queue('mail-event', {
        'detail-type': type,
        detail: {
          mail: { destination: [mail.to], tags },
          bounce: { bounceType: 'Transient', bouncedRecipients: [{ emailAddress: mail.to }] },
        },
      });
    tell('Email Sent');
    const comesBack = this.#chance.happens(bounced);
    if (comesBack) this.bounced.add(person);
    tell(comesBack ? 'Email Bounced' : 'Email Delivered');
    if (!comesBack && person.endsWith('0')) this.#tellAstray(mail.to, tags);
    if (this.#chance.happens(answerLost)) throw new Error('the line was cut');
    return { messageId: '1' };
  }
}
