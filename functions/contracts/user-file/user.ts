/** A user in a file, whatever its format: what may stand in each column, and a sentence about what may not. */

import * as z from 'zod';
import { isAddress } from '#domain/audience/address.ts';
import type { ParsedLine } from '#domain/audience/parsed-line.ts';
import { shown } from '#domain/audience/redact.ts';
import { locales } from '#domain/mailing/template.ts';
import { present } from '#domain/present.ts';

export const columns = ['userId', 'email', 'locale', 'segments'] as const;

const segmentsMax = 20;
/** As the product knows the user: it is hashed as it stands, so nothing that an editor may add or drop unseen. */
const id = /^(?!\s)[^\p{Cc}\u2028\u2029]{1,128}(?<!\s)$/u;

const User = z.strictObject({
  userId: z
    .string('a text is needed')
    .refine(
      (text) => id.test(text) && text.isWellFormed(),
      '1 to 128 characters, no control characters, no blanks around',
    ),
  email: z.string('a text is needed').refine(isAddress, 'an address such as ada@example.org, in ASCII'),
  locale: z.enum(locales, `${locales.join(', ')} or nothing`).exactOptional(),
  segments: z
    .array(z.string('a list of names is needed').min(1).max(64), 'a list of names is needed')
    .max(segmentsMax, `at most ${segmentsMax} segments`)
    .default([]),
});

/** `read`: the members that the line has, of whatever shape. */
export function readingOf(line: number, read: unknown): ParsedLine {
  const parsed = User.safeParse(read);
  if (!parsed.success)
    return { line, problem: parsed.error.issues.map((issue) => sentence(issue, read)).join('; ') };
  const { userId, email, locale, segments } = parsed.data;
  return {
    line,
    member: {
      userId,
      address: email,
      ...present({ locale }),
      ...(segments.length === 0 ? {} : { segments: [...new Set(segments)].toSorted() }),
    },
  };
}

function sentence(issue: z.core.$ZodIssue, read: unknown): string {
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map(shown).join(', ')} is no column: those are ${columns.join(', ')}`;
  const [column] = issue.path;
  if (column === undefined) return `an object with ${columns.join(', ')} is needed`;
  const value = (read as Readonly<Record<PropertyKey, unknown>>)[column];
  return `${String(column)} is ${shown(value)}: ${issue.message}`;
}
