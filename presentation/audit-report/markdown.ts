/** A page as Markdown (GitHub's, for its tables). Nothing that a cell says can become markup. */
import type { AuditDocument, Cell, DocumentBlock } from './document.ts';
import { cellText } from './sanitize.ts';

export function markdownOf(page: AuditDocument): string {
  const { title, blocks } = page;
  const write = (cell: Cell) => escaped(cellText(cell, page));
  return `${[`# ${write(title)}`, ...blocks.map((block) => blockOf(block, write))].join('\n\n')}\n`;
}

function blockOf(block: DocumentBlock, write: (cell: Cell) => string): string {
  if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${write(block.text)}`;
  if (block.kind === 'paragraph') return write(block.text);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = block.rows.map((row, index) => {
    const sum = block.sum === true && index === block.rows.length - 1;
    return line(row.map((cell) => (sum && cell !== '' ? `**${write(cell)}**` : write(cell))));
  });
  return [
    line(block.columns.map((column) => write(column.title))),
    line(block.columns.map((column) => (column.number ? '---:' : '---'))),
    ...rows,
  ].join('\n');
}

/** Backslashes before what could begin markup, references for what could begin HTML; addresses stay texts. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]|~#!$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('://', '\\://')
    .replaceAll(/www(?=\.)/gi, '$&\\')
    // At the beginning of a line: lists, rules, quotations.
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
