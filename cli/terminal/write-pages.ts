/** Pages to look at, written into a folder of the caller's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from './exit.ts';

export type PageFile = readonly [name: string, content: string];

/** Answers the paths of what was written. Throws BadInput. */
export function writePages(folder: string, files: readonly PageFile[]): readonly string[] {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`--to is "${folder}", which cannot be written (${why}): give a folder of your own`);
  }
  return files.map(([name]) => join(folder, name));
}
