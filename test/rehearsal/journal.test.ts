/** The journal's file: torn by a kill, of another rehearsal, used by another process, or no journal at all. */
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ledgerFormat } from '#domain/ledger/format.ts';
import { type Header, Journal, type JournalLine, NotKept } from '#rehearsal/journal.ts';
import { lengthMs, speedOf } from '#rehearsal/speed.ts';
import { refusedAtOnce } from '#test/support/refusals.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jalon-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const header: Header = {
  jalon: ledgerFormat,
  plan: 'p',
  product: 'demo',
  launchDay: '2025-05-18',
  seed: 1,
  users: 10,
  scenario: null,
};
const alive = new Set([1]);
const open = (changes: Partial<Header> = {}, fresh = false, pid = 1) =>
  Journal.open(
    folder,
    { ...header, ...changes },
    { fresh, pid, isAlive: (one) => alive.has(one), suffix: 'old' },
  );
const file = () => join(folder, 'journal.jsonl');
const lines: readonly JournalLine[] = [
  { at: 1, input: { kind: 'start' } },
  { at: 2 },
  { at: 3, seq: 1, hash: 'h' },
  { at: 3, input: { kind: 'world' } },
  { at: 4 },
  { at: 5, seq: 2, hash: 'i' },
];
function write(): void {
  const { journal } = open();
  for (const line of lines) journal.append(line);
  journal.close();
}

describe('a journal', () => {
  it('is read again as it was written, and kept short', () => {
    write();
    const { journal, lines: read, notes } = open();
    expect([read, notes]).toEqual([lines, []]);
    journal.close();
    // Of moments that follow each other the last is enough.
    expect(readFileSync(file(), 'utf8').trim().split('\n')).toHaveLength(5);
    expect(open().lines).toEqual([lines[0], lines[2], lines[3], lines[5]]);
  });

  it('torn anywhere in its last line loses that line, and says so', () => {
    write();
    const { length } = readFileSync(file());
    const lastLine = JSON.stringify(lines.at(-1)).length;
    for (const cut of [1, 2, lastLine]) {
      truncateSync(file(), length - cut);
      const { journal, lines: read, notes } = open();
      journal.close();
      expect(read.at(-1)?.at).toBe(4);
      expect(notes).toEqual([expect.stringMatching(/half written/)]);
      rmSync(file());
      write();
    }
  });

  it('of which the last line is no JSON, for want of power, ends before it; one in the middle is refused', () => {
    write();
    const whole = readFileSync(file(), 'utf8');
    writeFileSync(file(), `${whole}${'\0'.repeat(20)}\n`);
    const { journal, lines: read, notes } = open();
    journal.close();
    expect([read.at(-1)?.at, notes]).toEqual([5, [expect.stringMatching(/half written/)]]);
    writeFileSync(file(), whole.replace('{"at":4}', '{"at":4'));
    expect(() => open()).toThrow(/line 6 of ".*" is not of this program/);
  });

  it('on a full disk takes no line, or the whole line', () => {
    write();
    let room = 12;
    /** A file system that takes what it has room for, then nothing. */
    const onFullDisk = (to: number, bytes: Uint8Array): number => {
      if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      const taken = writeSync(to, bytes.subarray(0, room));
      room -= taken;
      return taken;
    };
    const { journal } = Journal.open(folder, header, {
      fresh: false,
      pid: 1,
      isAlive: () => false,
      suffix: 'old',
      write: onFullDisk,
    });
    const compact = readFileSync(file(), 'utf8');
    const line = { at: 6, input: { kind: 'world', change: { change: 'calm' } } };
    expect(() => journal.append(line)).toThrow(new NotKept('ENOSPC: no space left on device'));
    expect(readFileSync(file(), 'utf8')).toBe(compact);
    room = 1000;
    journal.append(line);
    journal.close();
    expect(open().lines.at(-1)).toEqual(line);
  });

  it('of another rehearsal is refused with what differs, and is not touched', () => {
    write();
    const before = readFileSync(file(), 'utf8');
    expect(() => open({ seed: 2, users: 5 })).toThrow(/seed 1 \(now 2\), users 10 \(now 5\).*--fresh/);
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('of another version is refused with the version that wrote it and what to do, and is not touched', () => {
    write();
    const old = readFileSync(file(), 'utf8').replace(`"jalon":${ledgerFormat}`, '"jalon":1');
    writeFileSync(file(), old);
    expect(() => open()).toThrow(/format 1 \(Jalon 0\.1\).*reads format 2 \(Jalon 0\.2\).*--fresh/);
    expect(readFileSync(file(), 'utf8')).toBe(old);
  });

  it('is moved aside for a fresh beginning', () => {
    write();
    const before = readFileSync(file(), 'utf8');
    const { journal, lines: read, notes } = open({ seed: 2 }, true);
    journal.close();
    expect(read).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/journal\.jsonl\.old/)]);
    expect(readFileSync(`${file()}.old`, 'utf8')).toBe(before);
  });

  it('is one process’s at a time; one that was killed is not in the way', () => {
    open();
    alive.add(2);
    expect(() => open({}, false, 2)).toThrow(/is used by process 1/);
    alive.delete(1);
    expect(() => open({}, false, 2)).not.toThrow();
    alive.add(1);
  });

  it.each([
    ['no JSON', 'x\n'],
    ['something else', '{"a":1}\n'],
    ['a line of something else', '{"at":"noon"}\n'],
  ])('that has %s is refused with its line', (_title, text) => {
    if (text.includes('noon')) {
      write();
      appendFileSync(file(), text);
    } else writeFileSync(file(), text);
    expect(() => open()).toThrow(/line \d of ".*journal\.jsonl" is not of this program/);
    expect(readdirSync(folder)).toContain('journal.jsonl');
  });
});

describe('a speed', () => {
  it.each([
    ['1d/10s', 8640],
    ['1h/1s', 3600],
    ['30d/1s', 2_592_000],
    ['1s/1s', 1],
    ['stopped', 0],
  ])('is virtual time by real time: %s is %d', (text, factor) => expect(speedOf(text).factor).toBe(factor));

  it.each([
    '',
    '1d',
    '1d/0s',
    '0d/1s',
    '31d/1s',
    '-1d/1s',
    '1d/1d/1d',
    '1 d/1 s',
    '1w/1s',
    'NaN',
    '99999d/9999h',
  ])('is refused when it is "%s"', (text) =>
    expect(refusedAtOnce(() => speedOf(text))).toMatch(/write virtual time \/ real time/),
  );

  it('has lengths of time beside it', () => {
    expect(lengthMs('2d', 60 * 86_400_000)).toBe(172_800_000);
    for (const text of ['61d', '0h', '2', 'd', '2w', '-1d'])
      expect(refusedAtOnce(() => lengthMs(text, 60 * 86_400_000))).toMatch(/such as 6h, at most 60d/);
  });
});
