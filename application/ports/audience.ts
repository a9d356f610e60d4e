/** The users of the product: who they are, what they want, what they answer, and how they come in. */

import type { AudienceTally } from '#domain/audience/audience-size.ts';
import type { FeedbackTallies } from '#domain/audience/feedback.ts';
import type { AudienceSelection, Imported, Member, Unreachable } from '#domain/audience/person.ts';

export interface AudiencePage {
  readonly people: readonly string[];
  readonly cursor?: string;
}
export interface AudienceStore {
  /** People of a segment, or those with access at a percentage. In pages of at most `limit` (1..1000). */
  page(audience: AudienceSelection, cursor: string | undefined, limit: number): Promise<AudiencePage>;
  /** How many people `page` would list. */
  count(audience: AudienceSelection): Promise<number>;
  /** Who these people are, at most 100; those who are no users any more are missing. */
  members(people: readonly string[]): Promise<ReadonlyMap<string, Member>>;
}
export interface SurveyAnswer {
  readonly releaseId: string;
  readonly person: string;
  /** A question of the plan, or `problems`. */
  readonly question: string;
  readonly value: number;
  readonly good: boolean;
  /** What the person wrote, at most 2000 characters. */
  readonly text?: string;
}
/** One answer per person and question: the newest. Throws ServiceUnavailable. */
export interface FeedbackStore {
  /** False, and nothing changes, when the person has changed this answer too often (`changesMax`). */
  put(answer: SurveyAnswer, atMs: number): Promise<boolean>;
  /** Values by question. */
  of(releaseId: string, person: string): Promise<Readonly<Record<string, number>>>;
  tallies(releaseId: string): Promise<FeedbackTallies>;
}
/**
 * The audience as imports write it: whole generations that replace each other. The newest is read; names sort by time.
 * Throws ServiceUnavailable; what is broken off may be called again.
 */
export interface AudienceImports {
  /**
   * Opens a generation, or finds it open: how many people had been marked as written. Nothing when it is too late for it: a
   * newer one is read already, or it was given up.
   */
  open(generation: string, atMs: number): Promise<number | undefined>;
  /** Harmless when repeated. */
  put(generation: string, people: readonly Imported[]): Promise<void>;
  /** False when the generation was given up. */
  mark(generation: string, written: number, atMs: number): Promise<boolean>;
  /** From now on it is what `AudienceStore` reads, unless a newer one is: false. True again when it is already. */
  publish(generation: string, tally: AudienceTally, atMs: number): Promise<boolean>;
}
/** Taking people and their traces away, for good. Throws ServiceUnavailable. */
export interface AudienceRemoval {
  /**
   * Deletes rows of generations that nobody reads and nobody has touched since: replaced ones, and what a broken import left.
   * At most about `rowsMax`. Answers how many, and whether there are more.
   */
  sweep(
    untouchedSinceMs: number,
    rowsMax: number,
  ): Promise<{ readonly rows: number; readonly more: boolean }>;
  /** Takes a person out of every generation. Harmless when they are in none. */
  erase(userId: string): Promise<void>;
}
/** What is known about writing to people, apart from the audience, so that no import undoes it. Throws ServiceUnavailable. */
export interface Preferences {
  /** The person wants no announcements. The newest word counts, however late it comes. */
  optOut(person: string, atMs: number): Promise<void>;
  optIn(person: string, atMs: number): Promise<void>;
  /**
   * Mail does not arrive at an address, or is not wanted there: another one may be tried after `bounced`, none after
   * `complained`. What is told of an address that the person no longer has is no word about the one that they have.
   */
  unreachable(person: string, why: Unreachable, address: string, atMs: number): Promise<void>;
}
/** A file in the bucket of uploads; `etag` says which one of those that had the key. */
export interface Upload {
  readonly key: string;
  readonly etag: string;
}
export interface Uploads {
  /** From its beginning, each time. Throws InvalidInput when it is no longer there, ServiceUnavailable. */
  read(upload: Upload): Promise<AsyncIterable<Uint8Array>>;
  /** What became of it, for whoever uploaded it. Throws ServiceUnavailable. */
  report(upload: Upload, report: object): Promise<void>;
}
