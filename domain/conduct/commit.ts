/** The one way to write: read the release, decide on facts, append them; if somebody was faster, decide again. */
import { toInstant } from '../calendar.ts';
import { LedgerConflict } from '../errors.ts';
import type { Fact } from '../facts.ts';
import type { Ports } from '../ports.ts';
import { type Release, record } from '../release.ts';

const conflictsMax = 10;

/**
 * `decide` must be pure: it may run several times, and answers no facts when what it wants has happened already.
 * Throws LedgerConflict after 10 lost races, ReleaseNotFound.
 */
export async function commit(
  { releases, clock }: Pick<Ports, 'releases' | 'clock'>,
  releaseId: string,
  actor: string,
  decide: (release: Release) => readonly Fact[],
): Promise<Release> {
  for (let conflicts = 0; ; conflicts += 1) {
    const release = await releases.load(releaseId);
    const facts = decide(release);
    if (facts.length === 0) return release;
    const { next, entries } = record(release, facts, { at: toInstant(clock.nowMs()), actor });
    try {
      await releases.commit(release, next, entries);
      return next;
    } catch (error) {
      if (!(error instanceof LedgerConflict) || conflicts >= conflictsMax) throw error;
    }
  }
}
