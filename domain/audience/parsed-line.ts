/** A line of a file of users as its format reads it: a user, or a sentence that says why not. */
import type { Imported } from './person.ts';

export type ParsedLine =
  | { readonly line: number; readonly member: Imported }
  | { readonly line: number; readonly problem: string };

/** A file that can be read again from its beginning, in batches. Lines are counted from 1. */
export type UserFile = () => AsyncIterable<readonly ParsedLine[]>;
