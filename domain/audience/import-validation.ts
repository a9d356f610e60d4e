/** Who of a file of users may be imported, and a report on everybody else. */

import type { Locale } from '../mailing/template.ts';
import type { Sha256 } from '../sha256.ts';
import { FirstLines } from './duplicate-index.ts';
import type { ParsedLine, UserFile } from './parsed-line.ts';
import type { Imported } from './person.ts';
import { mailboxOf, personOf } from './person.ts';
import { shown } from './redact.ts';

export interface Remark {
  readonly line: number;
  /** What is wrong and what is allowed; values are shortened, addresses hidden. */
  readonly says: string;
}
export interface ImportReport {
  /** Lines that hold something. */
  readonly lines: number;
  /** Users that may be imported, by segment and language too (`none`: those without one). */
  readonly people: number;
  readonly segments: Readonly<Record<string, number>>;
  readonly locales: Readonly<Record<Locale | 'none', number>>;
  /** Bad lines: how many, and the first of them. */
  readonly refused: number;
  readonly refusals: readonly Remark[];
  /** Lines that are imported, although something about them is strange. */
  readonly warned: number;
  readonly warnings: readonly Remark[];
}

/** Of each list in a report. */
export const remarksMax = 20;
/** Beyond it the memory of duplicates would not fit into a function. */
export const linesMax = 2_000_000;

/** Reads a file once; what it found is complete when `people` has ended. */
export class ImportValidation {
  readonly #sha256: Sha256;
  readonly #segments: ReadonlySet<string>;
  readonly #users = new FirstLines();
  readonly #addresses = new FirstLines();
  readonly #refusals: Remark[] = [];
  readonly #warnings: Remark[] = [];
  readonly #bySegment = new Map<string, number>();
  readonly #locales = { fr: 0, en: 0, none: 0 };
  #lines = 0;
  #people = 0;
  #refused = 0;
  #warned = 0;

  /** `segments`: those of the plan. */
  constructor(sha256: Sha256, segments: Iterable<string>) {
    this.#sha256 = sha256;
    this.#segments = new Set(segments);
  }

  /** Those who may be imported, in batches as the file comes. */
  async *people(file: UserFile): AsyncGenerator<readonly Imported[]> {
    for await (const readings of file()) {
      const room = linesMax - this.#lines;
      yield readings.slice(0, room).flatMap((reading) => this.#vet(reading));
      const [over] = readings.slice(room);
      if (over === undefined) continue;
      this.#refuse(over.line, `the file has more than ${linesMax} lines: nothing behind them was read`);
      return;
    }
  }

  get report(): ImportReport {
    return {
      lines: this.#lines,
      people: this.#people,
      segments: Object.fromEntries([...this.#bySegment].toSorted()),
      locales: { ...this.#locales },
      refused: this.#refused,
      refusals: this.#refusals,
      warned: this.#warned,
      warnings: this.#warnings,
    };
  }

  #vet(reading: ParsedLine): readonly Imported[] {
    this.#lines += 1;
    const { line } = reading;
    if ('problem' in reading) return this.#refuse(line, reading.problem);
    const { member } = reading;
    const unknown = (member.segments ?? []).filter((segment) => !this.#segments.has(segment));
    if (unknown.length > 0) {
      const known = [...this.#segments].join(', ') || 'none';
      return this.#refuse(
        line,
        `the plan has no segment ${unknown.map(shown).join(', ')}: its segments are ${known}`,
      );
    }
    const before = this.#users.first(personOf(this.#sha256, member.userId), line);
    if (before !== undefined)
      return this.#refuse(line, `userId is ${shown(member.userId)}, which stands in line ${before} already`);
    const shared = this.#addresses.first(mailboxOf(this.#sha256, member.address), line);
    if (shared !== undefined)
      this.#warn(
        line,
        `email is ${shown(member.address)}, as in line ${shared}: that mailbox gets a mail for each`,
      );
    this.#count(member);
    return [member];
  }

  #count({ locale, segments = [] }: Imported): void {
    this.#people += 1;
    this.#locales[locale ?? 'none'] += 1;
    for (const segment of segments) this.#bySegment.set(segment, (this.#bySegment.get(segment) ?? 0) + 1);
  }

  #refuse(line: number, says: string): readonly [] {
    this.#refused += 1;
    if (this.#refusals.length < remarksMax) this.#refusals.push({ line, says });
    return [];
  }

  #warn(line: number, says: string): void {
    this.#warned += 1;
    if (this.#warnings.length < remarksMax) this.#warnings.push({ line, says });
  }
}
