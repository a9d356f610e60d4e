/**
 * How a language sets its texts. French binds its high punctuation and its quotation marks to the word beside them, and
 * bends its apostrophes; English bends its apostrophes only.
 */
import type { Locale } from '#domain/mailing/template.ts';

/** U+00A0 everywhere: the narrow U+202F is better before `;` and `!`, but some mail programs show a box for it. */
const bound = '\u00a0';

/** `words` are what people said in the text, as it stands there: they keep their letters. */
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

export function typeset(text: string, locale: Locale, words: readonly string[] = []): string {
  const said = words
    .filter((one) => one !== '' && text.includes(one))
    .toSorted((a, b) => b.length - a.length);
  if (said.length === 0) return setProse(text, locale);
  // What a pattern in brackets finds stands at every second place.
  const between = new RegExp(`(${said.map((one) => escaped(one)).join('|')})`);
  return text
    .split(between)
    .map((part, index) => (index % 2 === 0 ? setProse(part, locale) : part))
    .join('');
}

function setProse(text: string, locale: Locale): string {
  // What follows may be a tag or a variable.
  const bent = text.replaceAll(/(?<=[\p{L}\p{N}])'(?=\p{L}|\{|$)/gu, '\u2019');
  if (locale !== 'fr') return bent;
  return bent.replaceAll(/[ \u202f](?=[:;!?»%€])/g, bound).replaceAll(/(?<=«)[ \u202f]/g, bound);
}
