/** What both forms of a page share: texts as one may show them. What people typed may hold anything. */
import type { Language } from '../format.ts';
import { typeset } from '../mail/typography.ts';
import type { Cell } from './document.ts';

/** Controls, and marks that turn the direction of what follows or cannot be seen. */
const unseen = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** One line in which everything can be seen. */
const plain = (text: string): string => text.replaceAll(/\s*[\n\r\t]+\s*/g, ' ').replaceAll(unseen, '\ufffd');

/** Ours as the language sets it; what somebody typed stays as it was, between quotation marks. */
export function cellText(cell: Cell, language: Language): string {
  if (typeof cell === 'string') return typeset(plain(cell), language);
  const said = plain(cell.said);
  return language === 'fr' ? `«\u00a0${said}\u00a0»` : `“${said}”`;
}
