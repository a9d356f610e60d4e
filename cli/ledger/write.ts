/** A ledger as a file: written beside its place and moved there when all of it has been written. */
import { rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { type LedgerEntry, lineOf } from '#domain/ledger/entries.ts';
import { BadInput, exitCodes } from '../terminal/exit.ts';

type Pages = AsyncIterable<readonly LedgerEntry[]> | Iterable<readonly LedgerEntry[]>;

/** Whatever interrupts it, there is no half of a file under that name. Throws BadInput, and what the pages throw. */
export async function writeLedger(path: string, pages: Pages): Promise<void> {
  const aside = `${path}.${process.pid}.part`;
  const tidy = () => rmSync(aside, { force: true });
  const interrupted = () => process.exit(exitCodes.interrupted);
  process.on('exit', tidy);
  process.once('SIGINT', interrupted);
  try {
    const file = await writing(path, () => open(aside, 'wx', 0o600));
    try {
      for await (const entries of pages)
        await writing(path, () => file.writeFile(entries.map((entry) => `${lineOf(entry)}\n`).join('')));
      await writing(path, () => file.sync());
    } finally {
      await file.close();
    }
    await writing(path, () => rename(aside, path));
  } finally {
    process.off('SIGINT', interrupted);
    process.off('exit', tidy);
    tidy();
  }
}

async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`${path} cannot be written (${why}): give a file in a folder of your own`);
  }
}
