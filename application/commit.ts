/** The one way to write: read the release, decide on facts, append them; if somebody was faster, decide again. */

import { LedgerConflict, NotAllowedNow } from '#domain/errors.ts';
import { entriesMax } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { mayFollowEnd } from '#domain/ledger/lifecycle.ts';
import type { Release } from '#domain/ledger/records.ts';
import { record } from '#domain/ledger/replay.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import type { With } from './port-groups.ts';

/**
 * Enough for everybody whom the gateway lets in within a second (50) to write to one release, each once: nobody is refused
 * because others are busy. Giving way all these times takes 5 s, 10 at most.
 */
const conflictsMax = 20;
/**
 * `decide` must be pure: it may run several times, and answers no facts when what it wants has happened already.
 * Throws LedgerConflict after 20 lost races, ReleaseNotFound.
 */
export async function commit(
  { releases, clock, sha256 }: With<'releases'>,
  releaseId: string,
  actor: string,
  decide: (release: Release) => readonly Fact[],
): Promise<Release> {
  for (let conflicts = 0; ; conflicts += 1) {
    const release = await releases.load(releaseId);
    const facts = decide(release);
    refuseAfterEnd(release, facts);
    const by = { at: toInstant(clock.nowMs()), actor };
    try {
      // More than one transaction takes are several; decided again, what is written is left out.
      let current = release;
      for (let from = 0; from < facts.length; from += entriesMax) {
        const { next, entries } = record(sha256, current, facts.slice(from, from + entriesMax), by);
        await releases.commit(current, next, entries);
        current = next;
      }
      return current;
    } catch (error) {
      if (!(error instanceof LedgerConflict) || conflicts >= conflictsMax) throw error;
    }
    await releases.giveWay(conflicts + 1);
  }
}
/** An execution that outlives its release (an abort whose stop was lost) must not write as if nothing had happened. */
function refuseAfterEnd({ id, status }: Release, facts: readonly Fact[]): void {
  if (status === 'active') return;
  const late = facts.find(({ type }) => !mayFollowEnd(type));
  if (late)
    throw new NotAllowedNow({ code: 'fact-after-end', params: { release: id, status, fact: late.type } });
}
