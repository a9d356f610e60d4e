/**
 * What people typed, as it is shown: letter by letter. What cannot be seen, or would turn what stands beside it, is shown as a
 * mark in its place, so that nobody reads what was not written.
 */
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { wordsIn } from '#domain/ledger/words.ts';
import type { Quoted } from '#domain/quoted.ts';

/** Unicode, "Control Pictures": the picture of a control has its number behind this one. */
const pictures = 0x2400;
const pictureOfDelete = '\u2421';

/** Controls, signs of direction, joiners, surrogates that stand alone, and letters that are drawn as nothing. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Signs that are seen and have unseen ones in them: a family, a heart in colour. */
const emoji = /\p{RGI_Emoji}/gv;

/** One line in which everything can be seen. */
export function shown(words: Quoted | string): string {
  let text = '';
  let from = 0;
  for (const { 0: sign, index } of words.matchAll(emoji)) {
    text += marked(words.slice(from, index)) + sign;
    from = index + sign.length;
  }
  return text + marked(words.slice(from));
}

const marked = (text: string): string => text.replaceAll(unseen, markOf);

function markOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(pictures + code);
  if (code === 0x7f) return pictureOfDelete;
  return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

/** All that people said in a ledger, as it is shown: typography leaves it alone. */
export const wordsOf = (entries: readonly LedgerEntry[]): readonly string[] => [
  ...new Set(entries.flatMap(({ fact }) => wordsIn(fact)).map(shown)),
];
