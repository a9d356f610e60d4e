/** The timeline as it happens: each entry of the ledger as the lines that it adds. */
import { formatOf } from '#domain/format.ts';
import type { LedgerEntry } from '#domain/ledger.ts';
import type { Plan } from '#domain/plan.ts';
import type { Release } from '#domain/release.ts';
import { lineOf } from '#domain/telling/narrate.ts';
import { chaptersOf, Story } from '#domain/telling/story.ts';
import { headingLines, printed, type Style } from './timeline.ts';

export class LiveTimeline {
  readonly #plan: Plan;
  readonly #style: Style;
  #entries: LedgerEntry[] = [];
  #chapters = 0;
  #day = '';

  constructor(plan: Plan, style: Style) {
    this.#plan = plan;
    this.#style = style;
  }

  hear(entry: LedgerEntry, release: Release): readonly string[] {
    if (entry.fact.type === 'release.admitted') this.#begin();
    this.#entries.push(entry);
    const told = { plan: this.#plan, release, entries: this.#entries };
    const { texts, language, paint } = this.#style;
    const format = formatOf(language, this.#plan.timeZone);
    const story = new Story(told, texts, format);
    const chapters = chaptersOf(told);
    const chapter = chapters.at(-1);
    if (!chapter) return [];
    const fresh = chapters.length > this.#chapters;
    this.#chapters = chapters.length;
    const line = lineOf(story, chapter, entry);
    const heading = fresh ? ['', ...headingLines(story, chapter, paint)] : [];
    if (!line) return heading;
    const day = format.day(line.at);
    const shown = day === this.#day && !fresh ? ' '.repeat(day.length) : day;
    this.#day = day;
    return [...heading, ...printed(line, `${shown} ${format.time(line.at)}`, paint)];
  }

  #begin(): void {
    this.#entries = [];
    this.#chapters = 0;
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }
}
