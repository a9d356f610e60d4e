/** The one way to write, when others are faster. */

import { describe, expect, it } from 'vitest';
import { commit } from '#application/commit.ts';
import { LedgerConflict } from '#domain/errors.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { atMs, following, releaseAfter } from '#test/support/builders.ts';
import { smallPlan } from '#test/support/plans.ts';

const task = (name: string): Fact => ({
  type: 'task.opened',
  task: name,
  title: { code: 'step', params: { text: name } },
  owner: 'qa',
});

/** A store in which somebody else writes before each of the first `faster` commits. */
function contested(faster: number) {
  const gaveWay: number[] = [];
  let release = releaseAfter();
  let others = 0;
  return {
    gaveWay,
    ports: {
      plan: smallPlan(),
      clock: { nowMs: () => atMs },
      log: { write: () => {} },
      sha256,
      sayRefusal,
      releases: {
        load: async () => release,
        commit: async (before: Release | undefined, next: Release, _entries: readonly LedgerEntry[]) => {
          if (others < faster) {
            others += 1;
            release = following(release, task(`other ${others}`));
          }
          if (before?.seq !== release.seq) throw new LedgerConflict(release.id, before?.seq ?? 0);
          release = next;
        },
        giveWay: async (conflicts: number) => void gaveWay.push(conflicts),
        history: async () => [],
        active: async () => [],
        access: async () => undefined,
        start: async () => undefined,
        keepStart: async () => {},
        ended: async () => ({ releases: [] }),
      },
    },
  };
}

const write = ({ ports }: ReturnType<typeof contested>) =>
  commit(ports, 'r1', 'user:ada', () => [task('mine')]);

describe('a commit that loses', () => {
  it.each([0, 1, 20])('%d races writes on top of what the others wrote', async (faster) => {
    const store = contested(faster);
    const release = await write(store);
    expect(Object.keys(release.tasks)).toHaveLength(faster + 1);
    // Longer each time: so many in a row.
    expect(store.gaveWay).toEqual(Array.from({ length: faster }, (_, index) => index + 1));
  });

  it('more than 20 races gives up', async () => {
    await expect(write(contested(21))).rejects.toBeInstanceOf(LedgerConflict);
  });
});
