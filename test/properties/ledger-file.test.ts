/** A ledger as a file: whatever is changed in it is found, in the first row that it touches or the one after. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWhole, type ProofResult, prove } from '#cli/ledger/proving.ts';
import { rowsOf } from '#cli/ledger/rows.ts';
import { lineOf } from '#domain/ledger/entries.ts';
import type { Head } from '#domain/ledger/proof.ts';
import { rehearsalOf } from '#test/rehearsal/run.ts';
import { tries } from './tries.ts';

const { entries, release } = await rehearsalOf({ users: 50, untilPhase: 'production-10' });
const lines = entries.map(lineOf);
const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
const head: Head = { seq: release.seq, hash: release.hash };

/** In pieces, as a stream comes. */
async function* stream(content: Uint8Array, pieceBytes = 4096): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += pieceBytes)
    yield content.subarray(from, from + pieceBytes);
}
const proven = (content: Uint8Array, asked: Head = {}, pieceBytes?: number): Promise<ProofResult> =>
  prove(rowsOf(stream(content, pieceBytes)), asked);
const rows = (changed: readonly string[]) => proven(Buffer.from(changed.map((line) => `${line}\n`).join('')));

const expectBroken = (ended: ProofResult, row: number) => {
  expect(isWhole(ended)).toBe(false);
  expect(ended).toMatchObject({ row });
};
const rowAt = (offset: number) => bytes.subarray(0, offset).filter((byte) => byte === 10).length + 1;

const index = fc.nat({ max: lines.length - 1 });
const offset = fc.nat({ max: bytes.length - 1 });
const byte = fc.nat({ max: 255 });

describe('the ledger of a rehearsal', () => {
  it('is whole, in whatever pieces it comes', async () => {
    expect(lines.length).toBeGreaterThan(100);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 500, max: 100_000 }), async (pieceBytes) => {
        const ended = await proven(bytes, head, pieceBytes);
        expect(ended).toMatchObject({
          rows: lines.length,
          release: { seq: release.seq, hash: release.hash },
        });
      }),
      { numRuns: tries({ all: 5, few: 2 }) },
    );
  });

  it('with another byte is broken in that row', async () => {
    await fc.assert(
      fc.asyncProperty(offset, byte, async (at, value) => {
        fc.pre(bytes[at] !== value);
        const changed = Buffer.from(bytes);
        changed[at] = value;
        expectBroken(await proven(changed), rowAt(at));
      }),
      { numRuns: tries({ all: 60, few: 6 }) },
    );
  });

  it('with a byte more or less is broken in that row', async () => {
    await fc.assert(
      fc.asyncProperty(offset, byte, fc.boolean(), async (at, value, more) => {
        // The same byte twice is the same file wherever the second one stands.
        fc.pre(!more || bytes[at] !== value);
        const parts = [
          bytes.subarray(0, at),
          ...(more ? [Buffer.of(value)] : []),
          bytes.subarray(more ? at : at + 1),
        ];
        expectBroken(await proven(Buffer.concat(parts)), rowAt(at));
      }),
      { numRuns: tries({ all: 60, few: 6 }) },
    );
  });

  it('without a row is broken at the next one, and without its last row only the head can tell', async () => {
    await fc.assert(
      fc.asyncProperty(index, async (gone) => {
        const rest = lines.toSpliced(gone, 1);
        if (gone < lines.length - 1) return expectBroken(await rows(rest), gone + 1);
        expect(isWhole(await rows(rest))).toBe(true);
      }),
      { numRuns: tries({ all: 30, few: 4 }) },
    );
  });

  it('without its tail is whole, and is not where the head is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: lines.length - 1 }), async (left) => {
        const cut = Buffer.from(
          lines
            .slice(0, left)
            .map((line) => `${line}\n`)
            .join(''),
        );
        expect(await proven(cut)).toMatchObject({ rows: left });
        expect(await proven(cut, { seq: release.seq })).toMatchObject({ fault: 'head', row: left });
        expect(await proven(cut, { hash: release.hash })).toMatchObject({ fault: 'head', row: left });
      }),
      { numRuns: tries({ all: 10, few: 2 }) },
    );
  });

  it('with a row twice, or two rows in each other’s place, is broken at the first of them', async () => {
    await fc.assert(
      fc.asyncProperty(index, index, async (a, b) => {
        expectBroken(await rows(lines.toSpliced(b, 0, lines[a] ?? '')), a === b ? b + 2 : b + 1);
        fc.pre(a !== b);
        expectBroken(await rows(lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '')), Math.min(a, b) + 1);
      }),
      { numRuns: tries({ all: 30, few: 4 }) },
    );
  });

  it('with another value of a member is broken in that row, although it is written as the export would', async () => {
    await fc.assert(
      fc.asyncProperty(index, fc.constantFrom('actor', 'at', 'releaseId', 'fact'), async (at, member) => {
        const entry = entries[at];
        if (!entry) return;
        const other = {
          actor: `${entry.actor}x`,
          at: '2031-01-01T00:00:00.000Z',
          releaseId: `${entry.releaseId}x`,
          fact: { ...entry.fact, added: 1 },
        }[member];
        expectBroken(await rows(lines.with(at, lineOf({ ...entry, [member]: other }))), at + 1);
      }),
      { numRuns: tries({ all: 40, few: 4 }) },
    );
  });
});
