/**
 * The journal of a served rehearsal, one JSON text a line: what kind of world it is, then what came from outside and when, and
 * how far time had gone. The world is a function of this, so replaying it leads to where a killed server was. A line is on
 * the disk before anybody sees what comes of it.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ledgerFormat, nameOfFormat } from '#domain/ledger/format.ts';

/** What makes two worlds the same. */
const Header = z.strictObject({
  /** The form of its ledger. */
  jalon: z.literal(ledgerFormat),
  /** Digest of the plan. */
  plan: z.string(),
  product: z.string(),
  launchDay: z.string(),
  seed: z.int(),
  users: z.int(),
  scenario: z.string().nullable(),
});
export type Header = z.output<typeof Header>;

const Line = z.strictObject({
  /** Virtual time, epoch milliseconds. */
  at: z.number(),
  /** Where the ledger stands then: a replay that leads elsewhere is of another program. */
  seq: z.int().exactOptional(),
  hash: z.string().exactOptional(),
  input: z.unknown().exactOptional(),
});
export type JournalLine = z.output<typeof Line>;

export class StateUnusable extends Error {
  override readonly name = 'StateUnusable';
}

const fileOf = (folder: string) => join(folder, 'journal.jsonl');
const lockOf = (folder: string) => join(folder, 'pid');

export class Journal {
  readonly #folder: string;
  readonly #file: number;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#file = openSync(fileOf(folder), 'a');
  }

  /**
   * Takes the folder for this process, and answers what it holds. `fresh` moves aside what is there. Throws StateUnusable when
   * another process has it, or it is of another world.
   */
  static open(
    folder: string,
    header: Header,
    { fresh, pid, isAlive, suffix }: Opening,
  ): {
    readonly journal: Journal;
    readonly lines: readonly JournalLine[];
    readonly notes: readonly string[];
  } {
    mkdirSync(folder, { recursive: true });
    lock(folder, pid, isAlive);
    const notes: string[] = [];
    if (fresh && existsSync(fileOf(folder))) {
      const aside = `${fileOf(folder)}.${suffix}`;
      renameSync(fileOf(folder), aside);
      notes.push(`what was there is kept in ${aside}`);
    }
    const { known, lines, torn } = read(folder);
    if (known) refuseOther(folder, known, header);
    if (torn) notes.push('the last line was half written, by a process that was killed: it is left out');
    rewrite(folder, header, compacted(lines));
    return { journal: new Journal(folder), lines, notes };
  }

  /** The line is in the file when this returns; on the disk too, when something came from outside. */
  append(line: JournalLine): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    if (line.input !== undefined) fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
    rmSync(lockOf(this.#folder), { force: true });
  }
}

export interface Opening {
  readonly fresh: boolean;
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  /** Ends the name of what is moved aside. */
  readonly suffix: string;
}

function lock(folder: string, pid: number, isAlive: (pid: number) => boolean): void {
  const file = lockOf(folder);
  if (createdWith(file, `${pid}`)) return;
  const before = Number(readFileSync(file, 'utf8'));
  // A process that was killed has left its number behind.
  if (Number.isInteger(before) && before > 0 && before !== pid && isAlive(before))
    throw new StateUnusable(
      `the folder "${folder}" is used by process ${before}: stop it, or choose another folder with --state`,
    );
  writeFileSync(file, `${pid}`);
}

/** False when it is there already. */
function createdWith(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(folder: string): {
  readonly known?: Header;
  readonly lines: readonly JournalLine[];
  readonly torn: boolean;
} {
  if (!existsSync(fileOf(folder))) return { lines: [], torn: false };
  const text = readFileSync(fileOf(folder), 'utf8');
  const whole = text.endsWith('\n');
  const rows = text.split('\n').slice(0, -1);
  const [first, ...rest] = rows.map((row, index) => parsed(folder, row, index + 1));
  if (first === undefined) return { lines: [], torn: !whole };
  refuseOtherFormat(folder, first);
  const known = Header.safeParse(first);
  if (!known.success) throw unreadable(folder, 1);
  const lines = rest.map((row, index) => {
    const line = Line.safeParse(row);
    if (!line.success) throw unreadable(folder, index + 2);
    return line.data;
  });
  return { known: known.data, lines, torn: !whole };
}

/** What another version wrote leads elsewhere when it is replayed. */
function refuseOtherFormat(folder: string, header: unknown): void {
  const { success, data } = z.object({ jalon: z.int() }).safeParse(header);
  if (!success || data.jalon === ledgerFormat) return;
  throw new StateUnusable(
    `the state in "${folder}" has a ledger of format ${nameOfFormat(data.jalon)}, and this program reads format ${nameOfFormat(ledgerFormat)}: go on with the version that wrote it, or begin anew with --fresh, which keeps the file`,
  );
}

function parsed(folder: string, row: string, number: number): unknown {
  try {
    return JSON.parse(row);
  } catch {
    throw unreadable(folder, number);
  }
}

const unreadable = (folder: string, line: number) =>
  new StateUnusable(
    `line ${line} of "${fileOf(folder)}" is not of this program: begin anew with --fresh, which keeps the file`,
  );

function refuseOther(folder: string, known: Header, wanted: Header): void {
  const differs = (Object.keys(wanted) as (keyof Header)[]).filter((name) => known[name] !== wanted[name]);
  if (differs.length === 0) return;
  const told = differs.map((name) => `${name} ${known[name]} (now ${wanted[name]})`).join(', ');
  throw new StateUnusable(
    `the state in "${folder}" is of another rehearsal: ${told}; give the same options, another --state, or --fresh`,
  );
}

/** Of lines that only tell the time, the last before each input is enough. */
function compacted(lines: readonly JournalLine[]): readonly JournalLine[] {
  return lines.filter(
    (line, index) =>
      line.input !== undefined || lines[index + 1]?.input !== undefined || index === lines.length - 1,
  );
}

/** In one step: a process that is killed here leaves the old file, or the new one. */
function rewrite(folder: string, header: Header, lines: readonly JournalLine[]): void {
  const next = `${fileOf(folder)}.next`;
  writeFileSync(next, [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  renameSync(next, fileOf(folder));
}
