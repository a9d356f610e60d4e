import { expect, it } from 'vitest';
import { prove, sentenceOf } from '#cli/ledger/proving.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { admitted, at } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';

it('a ledger of another version is refused with the version that wrote it and what to do', async () => {
  const { format: _, ...without } = admitted as Extract<Fact, { type: 'release.admitted' }>;
  const { entries } = record('r1', [without as Fact], { at, actor: 'user:ada' });
  async function* rows() {
    for (const entry of entries) yield { entry };
  }
  const ended = await prove(rows(), {});
  expect(sentenceOf('old.jsonl', ended, {})).toBe(
    'old.jsonl: the ledger was written in format 1 (Jalon 0.1), and this version of Jalon reads format 2 (Jalon 0.2): read it with the version that wrote it\n',
  );
});
