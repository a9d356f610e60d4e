/** The timeline as it happens: what is new in the ledger, as the lines that it adds. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { formatOf } from '#presentation/format.ts';
import { sectionsOf, TimelineContext, type TimelineSection } from '#presentation/timeline/context.ts';
import { lineOf } from '#presentation/timeline/lines.ts';
import { calledBy } from '#rehearsal/world/team.ts';
import { headingLines, printed, type Style } from './timeline.ts';

export class LiveTimeline {
  readonly #plan: Plan;
  readonly #style: Style;
  #release: Release | undefined;
  #entries: LedgerEntry[] = [];
  /** The last entry that was told, and how many sections have their heading. */
  #toldSeq = 0;
  #headings = 0;
  #day = '';

  constructor(plan: Plan, style: Style) {
    this.#plan = plan;
    this.#style = style;
  }

  /** Another release begins anew. */
  hear(entry: LedgerEntry, release: Release): void {
    if (entry.fact.type === 'release.admitted') {
      this.#entries = [];
      this.#toldSeq = 0;
      this.#headings = 0;
    }
    this.#entries.push(entry);
    this.#release = release;
  }

  /** The lines of what has been heard since; what is told together and was heard together is one line. */
  lines(): readonly string[] {
    const release = this.#release;
    if (!release || this.#entries.at(-1)?.seq === this.#toldSeq) return [];
    const input = { plan: this.#plan, release, entries: this.#entries, person: calledBy(this.#plan) };
    const context = new TimelineContext(
      input,
      this.#style.texts,
      formatOf(this.#style.language, this.#plan.timeZone),
    );
    const lines = sectionsOf(input).flatMap((section, index) => this.#linesOf(context, section, index));
    this.#toldSeq = this.#entries.at(-1)?.seq ?? 0;
    return lines;
  }

  #linesOf(context: TimelineContext, section: TimelineSection, index: number): readonly string[] {
    const { paint } = this.#style;
    const fresh = section.entries.filter(({ seq }) => seq > this.#toldSeq);
    if (fresh.length === 0) return [];
    const begins = index >= this.#headings;
    if (begins) {
      this.#headings = index + 1;
      this.#day = '';
    }
    const lines = fresh.flatMap((entry) => {
      const line = lineOf(context, section, entry);
      if (!line) return [];
      const day = context.format.day(line.at);
      const shown = day === this.#day ? ' '.repeat(day.length) : day;
      this.#day = day;
      return printed(line, `${shown} ${context.format.time(line.at)}`, paint);
    });
    return begins ? ['', ...headingLines(context, section, paint), ...lines] : lines;
  }
}
