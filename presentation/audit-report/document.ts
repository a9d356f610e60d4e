/** What a page of the account is made of, and what its tables are written with. */
import type { Quoted } from '#domain/quoted.ts';
import type { Format, Language } from '../format.ts';
import type { AccountTexts } from '../messages/account.ts';
import type { TimelineContext, TimelineInput } from '../timeline/context.ts';
import type { Account } from './audit-report.ts';

/** A sentence of ours, or what somebody typed, which is quoted as it is. */
export type Cell = string | { readonly said: Quoted };

export interface DocumentColumn {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly number?: true;
}

export type DocumentBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly columns: readonly DocumentColumn[];
      readonly rows: readonly (readonly Cell[])[];
      /** The last row is the sum of the others. */
      readonly sum?: true;
    };

export interface AuditDocument {
  readonly language: Language;
  readonly title: string;
  /** What people said in it, as it is shown. */
  readonly words: readonly string[];
  readonly blocks: readonly DocumentBlock[];
}

/** What the tables are written with. */
export interface AuditReportContext {
  readonly input: TimelineInput;
  readonly account: Account;
  readonly words: AccountTexts;
  readonly timeline: TimelineContext;
  readonly format: Format;
}

export type DocumentTable = Extract<DocumentBlock, { kind: 'table' }>;

/** Where a table has nothing to say. */
export const absent = '–';

/** The table, or a sentence where it would be empty. */
export const tableOr = (
  none: string,
  columns: readonly DocumentColumn[],
  rows: readonly (readonly Cell[])[],
): DocumentBlock =>
  rows.length === 0 ? { kind: 'paragraph', text: none } : { kind: 'table', columns, rows };
