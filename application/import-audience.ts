/**
 * A file of users becomes the product's audience: read once to see whether all of it is good, then once more to write it as a
 * generation beside the one that is read, which one write replaces. So whatever breaks, readers have the old audience or the
 * new one.
 */

import { emptyTally, tallied } from '#domain/audience/audience-size.ts';
import { type ImportReport, ImportValidation } from '#domain/audience/import-validation.ts';
import type { UserFile } from '#domain/audience/parsed-line.ts';
import { InvalidInput } from '#domain/errors.ts';
import type { BasePorts, With } from './port-groups.ts';

export interface ImportSettings {
  /** Of two imports the one with the greater name is the newer; see `generationOf`. */
  readonly generation: string;
  /** Imports the good lines of a file that has bad ones too. */
  readonly skipBad: boolean;
  /** Stops then, and the next call with the same generation goes on. */
  readonly untilMs?: number;
}
export interface ImportEnd {
  /**
   * - `imported`: this file is the audience now.
   * - `refused`: the file has bad lines, or nobody in it; nothing was written.
   * - `outdated`: a newer import has ended before this one; its audience stays.
   * - `unfinished`: the time was over; nothing has changed for readers yet.
   */
  readonly outcome: 'imported' | 'refused' | 'outdated' | 'unfinished';
  readonly report: ImportReport;
}

/** Names sort by time. `mark` tells two of one millisecond apart: 8 hexadecimal digits. */
export const generationOf = (atMs: number, mark: string): string =>
  `${String(atMs).padStart(13, '0')}-${mark}`;

/** Whether the file may be imported as it is. Writes nothing. */
export async function checkUsers({ plan, sha256 }: BasePorts, file: UserFile): Promise<ImportReport> {
  const validation = new ImportValidation(sha256, Object.keys(plan.segments));
  for await (const _ of validation.people(file));
  return validation.report;
}

/** An empty file is a mistake more often than a product without users. */
export const isImportable = ({ people, refused }: ImportReport, skipBad: boolean): boolean =>
  people > 0 && (refused === 0 || skipBad);

/** Of a progress mark: what a crash makes the next call write again. */
const markedPeople = 10_000;

/** Throws ServiceUnavailable; InvalidInput when the file changes while it is read. Called again, it goes on. */
export async function importAudience(
  ports: With<'audienceImports'>,
  file: UserFile,
  { generation, skipBad, untilMs = Number.POSITIVE_INFINITY }: ImportSettings,
): Promise<ImportEnd> {
  const { plan, clock, sha256, audienceImports } = ports;
  const report = await checkUsers(ports, file);
  if (!isImportable(report, skipBad)) return { outcome: 'refused', report };
  const written = await audienceImports.open(generation, clock.nowMs());
  if (written === undefined) return { outcome: 'outdated', report };

  const validation = new ImportValidation(sha256, Object.keys(plan.segments));
  let [tally, marked] = [emptyTally, written];
  for await (const people of validation.people(file)) {
    const before = tally.total;
    tally = tallied(sha256, tally, plan.product, people);
    if (tally.total <= written) continue;
    await audienceImports.put(generation, people.slice(Math.max(0, written - before)));
    const late = clock.nowMs() >= untilMs;
    if (!late && tally.total - marked < markedPeople) continue;
    marked = tally.total;
    if (!(await audienceImports.mark(generation, marked, clock.nowMs())))
      return { outcome: 'outdated', report };
    if (late) return { outcome: 'unfinished', report };
  }
  if (JSON.stringify(validation.report) !== JSON.stringify(report))
    throw new InvalidInput({ code: 'file-changed', params: {} });
  const published = await audienceImports.publish(generation, tally, clock.nowMs());
  return { outcome: published ? 'imported' : 'outdated', report };
}
