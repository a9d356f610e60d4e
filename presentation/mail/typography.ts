/**
 * How a language sets its texts. French binds its high punctuation and its quotation marks to the word beside them, and
 * bends its apostrophes; English bends its apostrophes only.
 */
import type { Locale } from '#domain/mailing/template.ts';

/** U+00A0 everywhere: the narrow U+202F is better before `;` and `!`, but some mail programs show a box for it. */
const bound = '\u00a0';

export function typeset(text: string, locale: Locale): string {
  // What follows may be a tag or a variable.
  const bent = text.replaceAll(/(?<=[\p{L}\p{N}])'(?=\p{L}|\{|$)/gu, '\u2019');
  if (locale !== 'fr') return bent;
  return bent.replaceAll(/[ \u202f](?=[:;!?»%€])/g, bound).replaceAll(/(?<=«)[ \u202f]/g, bound);
}
