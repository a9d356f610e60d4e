/** A file of users by its name: `.csv`, or `.jsonl` and `.ndjson`. */

import type { UserFile } from '#domain/audience/parsed-line.ts';
import { shown } from '#domain/audience/redact.ts';
import { InvalidInput } from '#domain/errors.ts';
import { fromCsv } from './csv.ts';
import { fromJsonLines } from './json-lines.ts';
import { linesOf } from './lines.ts';

/** `bytes` opens the file anew each time. Throws InvalidInput for a name that says no format. */
export function userFile(name: string, bytes: () => AsyncIterable<Uint8Array>): UserFile {
  const read = formats.find(([form]) => form.test(name))?.[1];
  if (read) return () => read(linesOf(bytes()));
  throw new InvalidInput({ code: 'file-of-no-format', params: { name: shown(name.split('/').at(-1)) } });
}

const formats = [
  [/\.csv$/i, fromCsv],
  [/\.(jsonl|ndjson)$/i, fromJsonLines],
] as const;
