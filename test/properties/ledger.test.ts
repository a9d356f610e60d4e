import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { replay } from '#domain/ledger/replay.ts';
import { anyFact } from '#test/support/facts.ts';
import { firstBroken, record } from '#test/support/hashed.ts';

/** Batches of facts, as commits make them. */
const history = fc.array(fc.array(anyFact, { maxLength: 4 }), { maxLength: 25 });

function commitAll(batches: readonly (readonly Fact[])[]) {
  let release: Release | string = 'r1';
  const entries: LedgerEntry[] = [];
  for (const [index, facts] of batches.entries()) {
    const at = new Date(Date.UTC(2025, 2, 10) + index * 60_000).toISOString();
    const step: ReturnType<typeof record> = record(release, facts, { at, actor: 'user:ada' });
    release = step.next;
    entries.push(...step.entries);
  }
  return { release, entries };
}
const stored = (entries: readonly LedgerEntry[]): readonly LedgerEntry[] =>
  JSON.parse(JSON.stringify(entries));

describe('whatever happens to a release', () => {
  it('its projection can be rebuilt from what the store keeps of its ledger', () => {
    fc.assert(
      fc.property(history, (batches) => {
        const { release, entries } = commitAll(batches);
        const rebuilt = replay('r1', stored(entries));
        expect(rebuilt).toEqual(typeof release === 'string' ? replay('r1', []) : release);
      }),
    );
  });

  it('its ledger is whole', () => {
    fc.assert(
      fc.property(history, (batches) => {
        const { entries } = commitAll(batches);
        expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
        expect(firstBroken(stored(entries))).toBeUndefined();
      }),
    );
  });

  it('no fact of its ledger can be replaced without being named', () => {
    fc.assert(
      fc.property(history, fc.nat(), anyFact, (batches, position, fact) => {
        const { entries } = commitAll(batches);
        const index = position % Math.max(entries.length, 1);
        fc.pre(entries.length > 0 && JSON.stringify(entries[index]?.fact) !== JSON.stringify(fact));
        const tampered = entries.map((entry, at) => (at === index ? { ...entry, fact } : entry));
        expect(firstBroken(tampered)?.seq).toBe(index + 1);
      }),
    );
  });

  it('no fact changes the release that it was given', () => {
    fc.assert(
      fc.property(history, anyFact, (batches, fact) => {
        const { release } = commitAll(batches);
        const before = JSON.stringify(release);
        record(release, [fact], { at: '2025-04-01T00:00:00.000Z', actor: 'user:ada' });
        expect(JSON.stringify(release)).toBe(before);
      }),
    );
  });
});
