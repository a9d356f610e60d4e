import { describe, expect, it } from 'vitest';
import { genesis, type LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { type Broken, begin, clockSkewMsMax, endsAt, isBroken, type Proof } from '#domain/ledger/proof.ts';
import { present } from '#domain/present.ts';
import { quoted } from '#domain/quoted.ts';
import { admitted, at, inBuild } from '#test/support/builders.ts';
import { chain, next, record } from '#test/support/hashed.ts';

const facts: readonly Fact[] = [
  admitted,
  { type: 'phase.opened', ...inBuild },
  { type: 'exposure.changed', ...inBuild, from: 0, to: 10 },
  { type: 'release.closed', outcome: 'aborted', reason: { code: 'run-through', params: {} } },
];
const { entries } = record('r1', facts, { at, actor: 'user:ada' });

function prove(history: readonly LedgerEntry[]): Proof | Broken {
  let proof: Proof = begin;
  for (const entry of history) {
    const grown = next(proof, entry);
    if (isBroken(grown)) return grown;
    proof = grown;
  }
  return proof;
}

/** The history with one more row that is chained as it should be. */
const followed = (fact: Fact, instant = at, actor = 'user:ada') => {
  const last = entries.at(-1) ?? { seq: 0, hash: genesis };
  return [...entries, chain(last, { releaseId: 'r1', at: instant, actor, fact })];
};
const changed = (index: number, changes: Partial<LedgerEntry>) =>
  entries.map((entry, position) => (position === index ? { ...entry, ...changes } : entry));

describe('a proof', () => {
  it('grows with each row, and says what they add up to', () => {
    expect(prove(entries)).toMatchObject({
      rows: 4,
      firstAt: at,
      latestAt: at,
      release: { id: 'r1', seq: 4, status: 'aborted', exposure: 10, hash: entries[3]?.hash },
    });
  });

  it.each<[string, readonly LedgerEntry[], Partial<Broken>]>([
    [
      'of another release',
      changed(2, { releaseId: 'r2' }),
      { fault: 'release', row: 3, expected: 'r1', found: 'r2' },
    ],
    [
      'with another number',
      changed(2, { seq: 7 }),
      { fault: 'sequence', row: 3, seq: 7, expected: '3', found: '7' },
    ],
    ['that was taken out', entries.toSpliced(1, 1), { fault: 'sequence', row: 2, seq: 3 }],
    ['told twice', entries.toSpliced(1, 0, ...entries.slice(1, 2)), { fault: 'sequence', row: 3, seq: 2 }],
    [
      'that points elsewhere',
      changed(2, { previous: genesis }),
      { fault: 'previous', row: 3, found: genesis },
    ],
    [
      'with another actor',
      changed(1, { actor: 'user:bob' }),
      { fault: 'hash', row: 2, found: entries[1]?.hash ?? '' },
    ],
    ['with another hash', changed(1, { hash: genesis }), { fault: 'hash', row: 2, found: genesis }],
    [
      'after the end',
      followed({ type: 'phase.opened', ...inBuild }),
      { fault: 'end', row: 5, found: 'phase.opened' },
    ],
    ['that admits twice', followed(admitted), { fault: 'beginning', row: 5 }],
  ])('sees a row %s', (_what, history, broken) => {
    expect(prove(history)).toMatchObject(broken);
  });

  it('sees a chain that somebody made up of what are no facts', () => {
    const strange = { ...admitted, phases: null } as unknown as Fact;
    const first = chain({ seq: 0, hash: genesis }, { releaseId: 'r1', at, actor: 'user:ada', fact: strange });
    const fact: Fact = { type: 'phase.opened', ...inBuild };
    const second = chain(first, { releaseId: 'r1', at, actor: 'user:ada', fact });
    expect(prove([first, second])).toMatchObject({ fault: 'fold', row: 2, found: 'phase.opened' });
  });

  it('needs an admission first', () => {
    const { entries: headless } = record('r1', [{ type: 'release.paused', reason: quoted('') }], {
      at,
      actor: 'user:ada',
    });
    expect(prove(headless)).toMatchObject({ fault: 'beginning', row: 1, found: 'release.paused' });
  });

  it.each([
    ['an older version, which did not say its form', undefined, '1 (Jalon 0.1)'],
    ['a version that is not known yet', 99, '99 (Jalon of a later version)'],
  ])('is refused, though whole, when it was written by %s', (_by, format, found) => {
    const { format: _format, ...without } = admitted as Extract<Fact, { type: 'release.admitted' }>;
    const other = { ...without, ...present({ format }) } as Fact;
    const { entries: foreign } = record('r1', [other], { at, actor: 'user:ada' });
    expect(prove(foreign)).toMatchObject({ fault: 'format', row: 1, expected: '2 (Jalon 0.2)', found });
  });

  it.each<Fact>([
    { type: 'access.withdrawn', from: 10, reason: quoted('') },
    { type: 'incident.resolved', incident: 'i', by: 'ada' },
    { type: 'message.sent', message: 'm', campaign: 'c', sent: 1, failed: 0, declined: 0 },
  ])('takes $type after the end', (fact) => {
    expect(prove(followed(fact))).toMatchObject({ rows: 5 });
  });

  it('takes a fact of a kind that it does not know', () => {
    const unknown = { type: 'release.blessed', by: 'ada' } as unknown as Fact;
    const { entries: newer } = record('r1', [admitted, unknown], { at, actor: 'user:ada' });
    expect(prove(newer)).toMatchObject({ rows: 2, release: { seq: 2 } });
  });

  it('forgives clocks that differ by a second, and no more', () => {
    const earlier = (ms: number) =>
      followed(
        { type: 'access.withdrawn', from: 10, reason: quoted('') },
        new Date(Date.parse(at) - ms).toISOString(),
      );
    expect(prove(earlier(clockSkewMsMax))).toMatchObject({ rows: 5, latestAt: at });
    expect(prove(earlier(clockSkewMsMax + 1))).toMatchObject({ fault: 'time', row: 5, expected: at });
  });
});

describe('the head', () => {
  const whole = prove(entries);
  const cut = prove(entries.slice(0, 3));
  if (isBroken(whole) || isBroken(cut)) throw new Error('both are whole');
  const hash = entries[3]?.hash ?? '';

  it('is not asked for: a history without its tail proves itself', () => {
    expect(endsAt(cut, {})).toBe(cut);
  });
  it('is the last row', () => {
    expect(endsAt(whole, { seq: 4, hash })).toBe(whole);
  });
  it.each([
    [{ hash }, { fault: 'head', row: 3, expected: hash, found: entries[2]?.hash }],
    [{ seq: 4 }, { fault: 'head', row: 3, expected: '4', found: '3' }],
  ])('tells that the tail was cut off: %j', (head, broken) => {
    expect(endsAt(cut, head)).toMatchObject(broken);
  });
});
