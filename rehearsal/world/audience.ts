/** The audience in memory: generations that replace each other, and what is known about writing to people. */

import type {
  AudienceImports,
  AudiencePage,
  AudienceRemoval,
  AudienceStore,
  Preferences,
} from '#application/ports/audience.ts';
import { type AudienceTally, countIn, emptyTally, tallied } from '#domain/audience/audience-size.ts';
import type { AudienceSelection, Imported, Member, Unreachable } from '#domain/audience/person.ts';
import { mailboxOf, personOf } from '#domain/audience/person.ts';
import { flagsOf, type Preference } from '#domain/audience/preference.ts';
import { bucketOf, cohortSeed, isExposed } from '#domain/plan/exposure-buckets.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { withinPage } from './page.ts';

const membersMax = 100;
/** Older than any that an import of a rehearsal opens. */
const first = '0';

interface Generation {
  readonly members: Map<string, Imported>;
  /** By person in order of position, for each audience that was asked for; none after a change. */
  readonly listings: Map<string, readonly Listed[]>;
  written: number;
  touchedAtMs: number;
}
interface Listed {
  readonly person: string;
  /** As the store on AWS sorts them: the same in every generation. */
  readonly position: string;
  readonly bucket: number;
}
interface Known extends Preference {
  readonly saidAtMs?: number;
}

export class MemoryAudience implements AudienceStore, AudienceImports, AudienceRemoval, Preferences {
  readonly #product: string;
  readonly #generations = new Map<string, Generation>();
  readonly #preferences = new Map<string, Known>();
  #current: { readonly generation: string; readonly tally: AudienceTally } | undefined;

  /** `members`: of an import that has been. */
  constructor(product: string, members: readonly Imported[] = []) {
    this.#product = product;
    if (members.length === 0) return;
    this.#generations.set(first, {
      members: new Map(members.map((member) => [personOf(sha256, member.userId), member])),
      listings: new Map(),
      written: members.length,
      touchedAtMs: 0,
    });
    this.#current = { generation: first, tally: tallied(sha256, emptyTally, product, members) };
  }

  get tally(): AudienceTally {
    return this.#current?.tally ?? emptyTally;
  }

  async page(audience: AudienceSelection, cursor: string | undefined, limit: number): Promise<AudiencePage> {
    const size = withinPage(limit);
    const listed = this.#listing(audience);
    const from = cursor === undefined ? 0 : firstAfter(listed, cursor);
    const end = 'segment' in audience ? listed.length : exposedIn(listed, audience.exposed);
    const to = Math.min(end, from + size);
    const people = listed.slice(from, to).map(({ person }) => person);
    const last = listed[to - 1];
    return to < end && last ? { people, cursor: last.position } : { people };
  }

  async count(audience: AudienceSelection): Promise<number> {
    return countIn(this.tally, audience);
  }

  async members(people: readonly string[]): Promise<ReadonlyMap<string, Member>> {
    if (people.length > membersMax)
      throw new RangeError(`${people.length} people at once; at most ${membersMax} are allowed`);
    const members = this.#read()?.members;
    return new Map(
      people.flatMap((person) => {
        const member = members?.get(person);
        const known = this.#preferences.get(person) ?? {};
        return member ? [[person, { ...member, ...flagsOf(sha256, known, member.address) }] as const] : [];
      }),
    );
  }

  async open(generation: string, atMs: number): Promise<number | undefined> {
    if (this.#current !== undefined && this.#current.generation > generation) return undefined;
    if (this.#current?.generation === generation) return Number.POSITIVE_INFINITY;
    const opened = this.#generations.get(generation) ?? {
      members: new Map(),
      listings: new Map(),
      written: 0,
      touchedAtMs: atMs,
    };
    opened.touchedAtMs = atMs;
    this.#generations.set(generation, opened);
    return opened.written;
  }

  async put(generation: string, people: readonly Imported[]): Promise<void> {
    const { members, listings } = this.#generations.get(generation) ?? {};
    listings?.clear();
    for (const member of people) members?.set(personOf(sha256, member.userId), member);
  }

  async mark(generation: string, written: number, atMs: number): Promise<boolean> {
    const opened = this.#generations.get(generation);
    if (opened) [opened.written, opened.touchedAtMs] = [written, atMs];
    return opened !== undefined;
  }

  async publish(generation: string, tally: AudienceTally, atMs: number): Promise<boolean> {
    const replaced = this.#current?.generation;
    if (replaced === generation) return true;
    if (replaced !== undefined && replaced > generation) return false;
    const opened = this.#generations.get(generation);
    if (!opened) return false;
    this.#current = { generation, tally };
    for (const touched of [opened, this.#generations.get(replaced ?? '')])
      if (touched) touched.touchedAtMs = atMs;
    return true;
  }

  async sweep(untouchedSinceMs: number, rowsMax: number): Promise<{ rows: number; more: boolean }> {
    let rows = 0;
    for (const [name, { members, touchedAtMs }] of this.#generations) {
      if (name === this.#current?.generation || touchedAtMs > untouchedSinceMs) continue;
      for (const [person, { segments = [] }] of members) {
        if (rows >= rowsMax) return { rows, more: true };
        members.delete(person);
        rows += 2 + segments.length;
      }
      this.#generations.delete(name);
    }
    return { rows, more: false };
  }

  async erase(userId: string): Promise<void> {
    const person = personOf(sha256, userId);
    const member = this.#read()?.members.get(person);
    if (member && this.#current) {
      const { generation, tally } = this.#current;
      this.#current = { generation, tally: tallied(sha256, tally, this.#product, [member], -1) };
    }
    for (const { members, listings } of this.#generations.values()) {
      members.delete(person);
      listings.clear();
    }
    const { unreachable: _, mailbox: __, ...word } = this.#preferences.get(person) ?? {};
    this.#preferences.set(person, word);
  }

  async optOut(person: string, atMs: number): Promise<void> {
    this.#says(person, true, atMs);
  }
  async optIn(person: string, atMs: number): Promise<void> {
    this.#says(person, false, atMs);
  }
  #says(person: string, optOut: boolean, atMs: number): void {
    const known = this.#preferences.get(person) ?? {};
    if ((known.saidAtMs ?? 0) > atMs) return;
    this.#preferences.set(person, { ...known, optOut, saidAtMs: atMs });
  }

  async unreachable(person: string, why: Unreachable, of: string): Promise<void> {
    const address = this.#read()?.members.get(person)?.address;
    const known = this.#preferences.get(person) ?? {};
    if (address === undefined || known.unreachable === 'complained') return;
    const mailbox = mailboxOf(sha256, of);
    if (why === 'bounced' && mailbox !== mailboxOf(sha256, address)) return;
    this.#preferences.set(person, { ...known, unreachable: why, mailbox });
  }

  #read(): Generation | undefined {
    return this.#generations.get(this.#current?.generation ?? '');
  }

  #listing(audience: AudienceSelection): readonly Listed[] {
    const generation = this.#read();
    const name = 'segment' in audience ? audience.segment : '';
    const known = generation?.listings.get(name);
    if (known || !generation) return known ?? [];
    const made = [...generation.members]
      .filter(([, { segments = [] }]) => name === '' || segments.includes(name))
      .map(([person, { userId }]): Listed => {
        const bucket = name === '' ? bucketOf(sha256, cohortSeed(this.#product), userId) : 0;
        return { person, bucket, position: `${String(bucket).padStart(5, '0')}#${person}` };
      })
      .sort((one, other) => (one.position < other.position ? -1 : 1));
    generation.listings.set(name, made);
    return made;
  }
}

/** The first place of which the question is no longer true; it is true of the places before. */
function border(listed: readonly Listed[], isBefore: (one: Listed) => boolean): number {
  let [low, high] = [0, listed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = listed[middle];
    if (one && isBefore(one)) low = middle + 1;
    else high = middle;
  }
  return low;
}
const firstAfter = (listed: readonly Listed[], position: string) =>
  border(listed, (one) => one.position <= position);
const exposedIn = (listed: readonly Listed[], percent: number) =>
  border(listed, ({ bucket }) => isExposed(bucket, percent));
