/** What a test or a benchmark uses and the project does not bring: who has it not is told in a sentence how to get it. */
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

export interface Need {
  readonly name: string;
  isThere(): boolean;
  /** A command of the shell. */
  readonly install: string;
}

/** A program in the PATH, or by its path. */
export const program = (name: string, install: string, path = process.env['PATH'] ?? ''): Need => ({
  name: `the program ${name}`,
  install,
  isThere: () =>
    name.includes('/')
      ? isExecutable(name)
      : path.split(delimiter).some((folder) => isExecutable(join(folder, name))),
});

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A package that is installed for this only, with its version. */
export const npmPackage = (name: string, version: string): Need => ({
  name: `the package ${name}`,
  install: `npm install --no-save ${name}@${version}`,
  isThere: () => {
    try {
      createRequire(import.meta.url).resolve(name);
      return true;
    } catch {
      return false;
    }
  },
});

/** Says what there is not, and the command that brings it. */
class NotHere extends Error {
  override readonly name = 'NotHere';
  // A sentence for whoever started it: where it was written would only hide it.
  override readonly stack: string;
  constructor(needs: readonly Need[]) {
    super(needs.map(({ name, install }) => `${name} is not here; it comes with: ${install}`).join('\n'));
    this.stack = this.message;
  }
}

/** Throws NotHere. */
export function mustHave(needs: readonly Need[]): void {
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length > 0) throw new NotHere(missing);
}

/** Of a program that is started by hand: ends it with 2 when something is not there. */
export function haveOrEnd(needs: readonly Need[]): void {
  try {
    mustHave(needs);
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
