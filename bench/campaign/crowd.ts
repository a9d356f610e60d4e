/**
 * A million people without a million objects: a person is a number in 64 hexadecimal digits, what is known of each is one byte.
 * So the memory that the benchmark sees is the sender's own; on AWS the rows are DynamoDB's.
 */

import type { AudiencePage, AudienceStore } from '#application/ports/audience.ts';
import type { CampaignStore, Listing } from '#application/ports/mail.ts';
import type { Member } from '#domain/audience/person.ts';
import { countedAs, type DeliveryStatus, inHand, isNews } from '#domain/mailing/delivery.ts';

const digits = 64;
export const personAt = (index: number): string => index.toString(16).padStart(digits, '0');
const indexOf = (person: string): number => Number.parseInt(person, 16);

export class Crowd implements AudienceStore {
  readonly #people: number;

  constructor(people: number) {
    this.#people = people;
  }

  async page(_audience: unknown, cursor: string | undefined, limit: number) {
    const from = Number(cursor ?? 0);
    const to = Math.min(this.#people, from + limit);
    const people = Array.from({ length: to - from }, (_, nth) => personAt(from + nth));
    return to < this.#people ? { people, cursor: String(to) } : { people };
  }

  async count(): Promise<number> {
    return this.#people;
  }

  async members(people: readonly string[]): Promise<ReadonlyMap<string, Member>> {
    return new Map(people.map((person) => [person, memberAt(indexOf(person))]));
  }
}

const memberAt = (index: number): Member => ({
  userId: `u${index}`,
  address: `u${index}@users.example`,
  ...(index % 3 === 0 ? { locale: 'en' as const } : {}),
});

const statuses: readonly DeliveryStatus[] = [
  'claimed',
  'sent',
  'failed',
  'declined',
  'unknown',
  'delivered',
  'bounced',
  'complained',
];
const absent = statuses.length;

/** The promises of a CampaignStore for one campaign, a byte a person. */
export class ByteCampaign implements CampaignStore {
  readonly #rows: Uint8Array;
  readonly #tally = { sent: 0, failed: 0, declined: 0 };
  #listing: Listing | undefined;
  #intended: { readonly nth: number; readonly page: AudiencePage } | undefined;

  constructor(people: number) {
    this.#rows = new Uint8Array(people).fill(absent);
  }

  #statusOf(person: string): DeliveryStatus | undefined {
    return statuses[this.#rows[indexOf(person)] ?? absent];
  }

  async listing() {
    return this.#listing;
  }

  async intend(_campaign: string, before: Listing | undefined, page: AudiencePage) {
    const nth = (before?.pages ?? 0) + 1;
    if (this.#intended === undefined || this.#intended.nth === nth - 1) this.#intended = { nth, page };
    return this.#intended?.nth === nth ? this.#intended.page : undefined;
  }

  async advance(_campaign: string, before: Listing | undefined, next: Listing): Promise<boolean> {
    if (this.#listing?.pages !== before?.pages || this.#listing?.done === true) return false;
    this.#listing = next;
    return true;
  }

  async claim(_campaign: string, person: string): Promise<boolean> {
    if (this.#statusOf(person) !== undefined) return false;
    this.#rows[indexOf(person)] = statuses.indexOf('claimed');
    return true;
  }

  async release(_campaign: string, person: string): Promise<void> {
    if (this.#statusOf(person) === 'claimed') this.#rows[indexOf(person)] = absent;
  }

  async mark(_campaign: string, person: string, status: DeliveryStatus): Promise<void> {
    const before = this.#statusOf(person);
    if (before === undefined || !isNews(status, before)) return;
    this.#rows[indexOf(person)] = statuses.indexOf(status);
    const [from, to] = [countedAs(before), countedAs(status)];
    if (from !== undefined) this.#tally[from] -= 1;
    if (to !== undefined) this.#tally[to] += 1;
  }

  async tally() {
    return { ...this.#tally, ...(this.#listing?.done ? { total: this.#listing.people } : {}) };
  }

  /** Nobody is given up in the middle of a benchmark. */
  async silent(): Promise<readonly string[]> {
    return [];
  }

  async reached(_campaign: string, cursor: string | undefined, limit: number) {
    const people: string[] = [];
    let index = cursor === undefined ? 0 : indexOf(cursor) + 1;
    for (; index < this.#rows.length && people.length < limit; index += 1) {
      const person = personAt(index);
      if (inHand.includes(this.#statusOf(person) ?? 'failed')) people.push(person);
    }
    return index < this.#rows.length ? { people, cursor: personAt(index - 1) } : { people };
  }
}
