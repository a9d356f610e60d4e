/** A section of a report to the team: what it is written from, and how many rows it may have. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Verdict } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import type { Plan, Report } from '#domain/plan/plan.ts';
import type { ReportTexts } from '../messages/reports.ts';
import type { Texts } from '../messages/texts.ts';
import type { TimelineContext } from '../timeline/context.ts';

interface Reading {
  readonly verdict: Verdict;
  readonly value?: number;
}

export interface Matter {
  readonly plan: Plan;
  readonly release: Release;
  readonly report: Report;
  /** The whole ledger, oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** What the checks of `checksOf` say now, by check. */
  readonly readings: Readonly<Record<string, Reading>>;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** In the plan's language. */
  readonly texts: Texts;
  /** It may have reached its readers before. */
  readonly again?: boolean;
}

/** What the sections are written with. */
export interface TeamReportContext extends Matter {
  readonly timeline: TimelineContext;
  readonly words: ReportTexts;
}

export interface SectionRow {
  readonly label: string;
  readonly value: string;
}
export interface Section {
  readonly heading: string;
  readonly rows: readonly SectionRow[];
}

/** Rows of one section: a report is read on a telephone too. */
const rowsMax = 15;

/** At least one row, at most so many. */
export function section(
  { words }: TeamReportContext,
  heading: string,
  rows: readonly SectionRow[],
  none: string,
): Section {
  if (rows.length === 0) return { heading, rows: [{ label: words.none, value: none }] };
  const left = rows.length - rowsMax;
  return {
    heading,
    rows: left > 0 ? [...rows.slice(0, rowsMax), { label: words.others, value: words.more(left) }] : rows,
  };
}
