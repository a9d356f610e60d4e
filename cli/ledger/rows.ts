/** The rows of a ledger in a file, one by one: bytes into lines, each line into an entry or what is wrong with it. */
import { createReadStream } from 'node:fs';
import { InvalidInput } from '#domain/errors.ts';
import { type LedgerEntry, lineOf } from '#domain/ledger/entries.ts';
import { jsonOf } from '#functions/contracts/json.ts';
import { entryIn } from '#functions/contracts/ledger-entry.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { BadInput } from '../terminal/exit.ts';

/** An item of DynamoDB has at most 400 KB, an entry a few hundred bytes. */
const lineBytesMax = 409_600;
/** A release has some hundreds. */
const rowsMax = 1_000_000;

/** An entry, or why the line is none. */
export type LedgerRow = { readonly entry: LedgerEntry } | { readonly problem: string };

const newline = 10;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `-` is the standard input. Throws BadInput, also while it is read. */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* path === '-' ? process.stdin : createReadStream(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(
      `${path} cannot be read (${why}): write the path of a ledger, or - for the standard input`,
    );
  }
}

/** Nothing comes after a problem. Throws BadInput beyond 1,000,000 rows. */
export async function* rowsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LedgerRow> {
  let rows = 0;
  for await (const line of linesOf(bytes)) {
    rows += 1;
    if (rows > rowsMax)
      throw new BadInput(`there are more than ${rowsMax} rows: this is no ledger of a release`);
    const row = rowOf(line);
    yield row;
    if ('problem' in row) return;
  }
}

function rowOf(line: Buffer | string): LedgerRow {
  if (typeof line === 'string') return { problem: line };
  try {
    const text = utf8.decode(line);
    const entry = entryIn(jsonOf(text));
    if (typeof entry === 'string') return { problem: entry };
    if (lineOf(entry) !== text) return { problem: 'it is not written as the export writes it' };
    return { entry };
  } catch (error) {
    if (error instanceof InvalidInput)
      return { problem: sayRefusal('en', error.refusal).replace('the body', 'it') };
    if (error instanceof TypeError) return { problem: 'it is not UTF-8' };
    throw error;
  }
}

/** Lines without their newline; a text for what is no line, after which nothing comes. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | string> {
  let begun = Buffer.alloc(0);
  for await (const chunk of bytes) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      yield Buffer.concat([begun, chunk.subarray(from, end)]);
      [begun, from] = [Buffer.alloc(0), end + 1];
    }
    begun = Buffer.concat([begun, chunk.subarray(from)]);
    if (begun.length > lineBytesMax) return yield `it is longer than ${lineBytesMax} bytes`;
  }
  if (begun.length > 0) yield 'it has no end of line: the file was cut off within it';
}
