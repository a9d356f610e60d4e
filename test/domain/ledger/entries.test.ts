import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonical, genesis, type LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { quoted } from '#domain/quoted.ts';
import { admitted, at, inBuild } from '#test/support/builders.ts';
import { chain, firstBroken, record } from '#test/support/hashed.ts';

const facts: readonly Fact[] = [
  admitted,
  { type: 'phase.opened', ...inBuild },
  { type: 'exposure.changed', ...inBuild, from: 0, to: 10 },
  { type: 'phase.closed', ...inBuild, outcome: 'promote', reason: {} },
];
const { entries } = record('r1', facts, { at, actor: 'user:ada' });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('canonical', () => {
  it.each<[string, unknown, string]>([
    ['sorts keys', { b: 1, a: 2 }, '{"a":2,"b":1}'],
    ['sorts keys at every depth', { z: [{ b: 1, a: { d: 1, c: 2 } }] }, '{"z":[{"a":{"c":2,"d":1},"b":1}]}'],
    ['keeps the order of lists', [3, 1, 2], '[3,1,2]'],
    ['leaves absent members out', { a: undefined, b: null }, '{"b":null}'],
    ['escapes texts and keys', { 'a"b': 'c\n' }, '{"a\\"b":"c\\n"}'],
    ['sorts by code unit, whatever the locale', { é: 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"é":1}'],
    ['takes scalars', [true, 'x', 1.5, null], '[true,"x",1.5,null]'],
    ['takes empty ones', { a: {}, b: [] }, '{"a":{},"b":[]}'],
  ])('writes equal values as equal texts: it %s', (_title, value, expected) => {
    expect(canonical(value)).toBe(expected);
  });
});

describe('chain', () => {
  it('begins with 64 zeros and number 1', () => {
    expect(genesis).toMatch(/^0{64}$/);
    expect(entries[0]).toMatchObject({ seq: 1, previous: genesis, releaseId: 'r1', at, actor: 'user:ada' });
  });

  it('numbers without gaps, each entry pointing to the hash before it', () => {
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(entries.slice(1).map(({ previous }) => previous)).toEqual(
      entries.slice(0, -1).map(({ hash }) => hash),
    );
  });

  it('hashes everything of the entry but the hash itself', () => {
    const entry = chain(
      { seq: 6, hash: 'beef' },
      { releaseId: 'r', at: 't', actor: 'a', fact: { type: 'release.paused', reason: quoted('x') } },
    );
    const text =
      '{"actor":"a","at":"t","fact":{"reason":"x","type":"release.paused"},"previous":"beef","releaseId":"r","seq":7}';
    expect(entry.hash).toBe(sha256(text));
  });

  it('does not depend on the order of keys', () => {
    const before = { seq: 0, hash: genesis };
    const one = chain(before, {
      releaseId: 'r',
      at,
      actor: 'a',
      fact: { type: 'phase.opened', phase: 'p', attempt: 1 },
    });
    const two = chain(before, {
      fact: { attempt: 1, phase: 'p', type: 'phase.opened' },
      actor: 'a',
      at,
      releaseId: 'r',
    });
    expect(one.hash).toBe(two.hash);
  });
});

describe('firstBroken', () => {
  const tampered = (index: number, changes: Partial<LedgerEntry>): readonly LedgerEntry[] =>
    entries.map((entry, position) => (position === index ? { ...entry, ...changes } : entry));

  it('finds nothing in a history that is whole, or empty, or read back from JSON', () => {
    expect(firstBroken(entries)).toBeUndefined();
    expect(firstBroken([])).toBeUndefined();
    const stored: readonly LedgerEntry[] = JSON.parse(JSON.stringify(entries));
    expect(firstBroken(stored)).toBeUndefined();
  });

  it.each<[string, Partial<LedgerEntry>]>([
    ['releaseId', { releaseId: 'r2' }],
    ['seq', { seq: 9 }],
    ['at', { at: '2025-03-10T09:00:00.001Z' }],
    ['actor', { actor: 'user:bob' }],
    ['fact', { fact: { type: 'exposure.changed', ...inBuild, from: 0, to: 11 } }],
    ['previous', { previous: genesis }],
    ['hash', { hash: genesis }],
  ])('names the entry whose %s was changed', (_field, changes) => {
    expect(firstBroken(tampered(2, changes))?.fact).toEqual(changes.fact ?? facts[2]);
  });

  it('covers every field of an entry', () => {
    const fields = ['releaseId', 'seq', 'at', 'actor', 'fact', 'previous', 'hash'];
    expect(Object.keys(entries[2] ?? {}).sort()).toEqual(fields.sort());
  });

  it('names an entry to which something was added', () => {
    const added = entries.map((entry, index) => (index === 1 ? { ...entry, note: 'harmless' } : entry));
    expect(firstBroken(added)?.seq).toBe(2);
  });

  it.each<[string, readonly (LedgerEntry | undefined)[], number]>([
    ['after one that was taken out', [entries[0], entries[2], entries[3]], 3],
    ['after a first one that was taken out', [entries[1], entries[2]], 2],
    ['out of order', [entries[0], entries[2], entries[1]], 3],
    ['told twice', [entries[0], entries[1], entries[1]], 2],
  ])('names the entry %s', (_title, history, seq) => {
    expect(firstBroken(history.flatMap((entry) => entry ?? []))?.seq).toBe(seq);
  });

  it('names a rewritten entry even when its own hash was made to fit: the next one', () => {
    const [, second] = entries;
    const rewritten = chain(entries[0] ?? { seq: 0, hash: genesis }, {
      releaseId: 'r1',
      at,
      actor: 'user:bob',
      fact: second?.fact ?? admitted,
    });
    expect(firstBroken(tampered(1, rewritten))?.seq).toBe(3);
  });
});
