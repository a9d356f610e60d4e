/**
 * The journal of a served rehearsal, one JSON text a line: what kind of world it is, then what came from outside and when, and
 * how far time had gone. The world is a function of this, so replaying it leads to where a killed server was. A line is on
 * the disk before anybody sees what comes of it.
 */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
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

/** The line is not in the journal (a full disk): nothing may come of it. `message` is the system's. */
export class NotKept extends Error {
  override readonly name = 'NotKept';
}

/** As `writeSync`: writes at the end of the file as many of the bytes as there is room for, and tells how many. */
export type Write = (file: number, bytes: Uint8Array) => number;

const fileOf = (folder: string) => join(folder, 'journal.jsonl');
const lockOf = (folder: string) => join(folder, 'pid');

export class Journal {
  readonly #folder: string;
  readonly #file: number;
  readonly #write: Write;

  private constructor(folder: string, write: Write) {
    this.#folder = folder;
    this.#file = openSync(fileOf(folder), 'a');
    this.#write = write;
  }

  /**
   * Takes the folder for this process, and answers what it holds. `fresh` moves aside what is there. Throws StateUnusable when
   * another process has it, or it is of another world.
   */
  static open(
    folder: string,
    header: Header,
    { fresh, pid, isAlive, suffix, write = writeSync }: Opening,
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
    if (torn)
      notes.push('the last line was half written, when the process or the disk gave out: it is left out');
    rewrite(folder, header, compacted(lines));
    return { journal: new Journal(folder, write), lines, notes };
  }

  /**
   * The line is in the file when this returns; on the disk too, when something came from outside. Throws NotKept, and then
   * nothing of the line is in the file: half of one would end it for whatever follows.
   */
  append(line: JournalLine): void {
    const { size } = fstatSync(this.#file);
    try {
      this.#writeAll(Buffer.from(`${JSON.stringify(line)}\n`));
      if (line.input !== undefined) fsyncSync(this.#file);
    } catch (error) {
      ftruncateSync(this.#file, size);
      throw new NotKept(error instanceof Error ? error.message : String(error));
    }
  }

  /** A disk that is nearly full takes a part. */
  #writeAll(bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length) written += this.#write(this.#file, bytes.subarray(written));
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
  /** By default `writeSync`. */
  readonly write?: Write;
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
  const rows = readFileSync(fileOf(folder), 'utf8').split('\n');
  // What follows the last line end is a line of which the end is missing, or nothing.
  const cut = rows.pop() !== '';
  const [header, ...rest] = rows;
  if (header === undefined) return { lines: [], torn: cut };
  const first = parsed(header);
  refuseOtherFormat(folder, first);
  const known = Header.safeParse(first);
  if (!known.success) throw unreadable(folder, 1);
  // A disk that lost power may have the length of the last line and not its text.
  const last = rest.at(-1);
  const blank = last !== undefined && parsed(last) === undefined;
  const lines = rest.slice(0, blank ? -1 : undefined).map((row, index) => {
    const line = Line.safeParse(parsed(row));
    if (!line.success) throw unreadable(folder, index + 2);
    return line.data;
  });
  return { known: known.data, lines, torn: cut || blank };
}

/** What another version wrote leads elsewhere when it is replayed. */
function refuseOtherFormat(folder: string, header: unknown): void {
  const { success, data } = z.object({ jalon: z.int() }).safeParse(header);
  if (!success || data.jalon === ledgerFormat) return;
  throw new StateUnusable(
    `the state in "${folder}" has a ledger of format ${nameOfFormat(data.jalon)}, and this program reads format ${nameOfFormat(ledgerFormat)}: go on with the version that wrote it, or begin anew with --fresh, which keeps the file`,
  );
}

/** Undefined for what is no JSON. */
function parsed(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return undefined;
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
  const text = [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(next, text, { flush: true });
  renameSync(next, fileOf(folder));
}
