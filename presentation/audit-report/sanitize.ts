/** What both forms of a page share: texts as one may show them. What people typed may hold anything. */
import { typeset } from '../mail/typography.ts';
import { shown } from '../words.ts';
import type { AuditDocument, Cell } from './document.ts';

/** Of a plan or a page, on one line. */
const plain = (text: string): string => shown(text.replaceAll(/\s*[\n\r\t]+\s*/g, ' '));

/** Ours as the language sets it; what somebody typed stays as it was, between quotation marks. */
export function cellText(cell: Cell, { language, words }: Pick<AuditDocument, 'language' | 'words'>): string {
  if (typeof cell === 'string') return typeset(plain(cell), language, words);
  const said = shown(cell.said);
  return language === 'fr' ? `«\u00a0${said}\u00a0»` : `“${said}”`;
}
