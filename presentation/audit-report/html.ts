/**
 * A page as one HTML file: no script, nothing from elsewhere. On paper it is A4 and tables repeat their heads; on a narrow
 * screen each row becomes a card whose cells name their column.
 */
import { escapeHtml } from '../mail/render.ts';
import { type AuditDocument, absent, type Cell, type DocumentBlock } from './document.ts';
import { cellText } from './sanitize.ts';

type Write = (cell: Cell) => string;

export function htmlOf(page: AuditDocument): string {
  const { title, blocks, language } = page;
  const write: Write = (cell) => escapeHtml(cellText(cell, page));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light">
<title>${write(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${write(title)}</h1>
${blocks.map((block) => blockOf(block, write)).join('\n')}
</main>
</body>
</html>
`;
}

function blockOf(block: DocumentBlock, write: Write): string {
  if (block.kind === 'heading') return `<h${block.level}>${write(block.text)}</h${block.level}>`;
  if (block.kind === 'paragraph') return `<p>${write(block.text)}</p>`;
  const { columns, rows, sum } = block;
  const classOf = (index: number, cell?: Cell) => {
    const names = [...(columns[index]?.number ? ['number'] : []), ...(cell === absent ? ['absent'] : [])];
    return names.length === 0 ? '' : ` class="${names.join(' ')}"`;
  };
  const head = columns.map(({ title }, index) => `<th scope="col"${classOf(index)}>${write(title)}</th>`);
  const body = rows.map((row, at) => {
    const cells = row.map((cell, index) => {
      const label = write(columns[index]?.title ?? '');
      return index === 0
        ? `<th scope="row">${write(cell)}</th>`
        : `<td data-label="${label}"${classOf(index, cell)}>${write(cell)}</td>`;
    });
    return `<tr${sum && at === rows.length - 1 ? ' class="sum"' : ''}>${cells.join('')}</tr>`;
  });
  return `<table${columns.length === 2 ? ' class="pairs"' : ''}>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
}

/** Colours and sizes are those of the reports' mails. */
const style = `
:root { font: 16px/1.5 -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; color: #1c2536; background: #eef1f6; }
body { margin: 0; }
main { max-width: 1080px; margin: 24px auto; padding: 32px; background: #fff; border-radius: 10px; box-sizing: border-box; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; padding-top: .8rem; border-top: 1px solid #d5dbe6; }
h3 { font-size: 1rem; margin: 1.4rem 0 .5rem; }
p { margin: .8rem 0; color: #4c5870; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.4; }
th, td { text-align: left; vertical-align: top; padding: 6px 10px 6px 0; border-bottom: 1px solid #d5dbe6; overflow-wrap: anywhere; }
thead th { color: #4c5870; font-weight: 600; border-bottom: 2px solid #0a4d8c; overflow-wrap: normal; }
tbody th { font-weight: 600; min-width: 8em; }
.number { text-align: right; padding-right: 18px; font-variant-numeric: tabular-nums; }
.sum th, .sum td { font-weight: 700; border-top: 2px solid #0a4d8c; }
@media screen and (max-width: 700px) {
  main { margin: 0; padding: 16px; border-radius: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, tbody th, td { display: block; }
  tr { padding: 10px 0; border-bottom: 1px solid #d5dbe6; }
  tbody th, td { border: 0; padding: 1px 0; min-width: 0; }
  td { display: grid; grid-template-columns: minmax(7.5em, 38%) 1fr; gap: 8px; text-align: left; }
  td::before { content: attr(data-label); color: #4c5870; }
  .number { padding-right: 0; }
  td::before { text-align: left; }
  .pairs td { display: block; }
  .pairs td::before { content: none; }
  td:empty, td.absent { display: none; }
}
@page { size: A4; margin: 16mm 14mm; }
@media print {
  :root { font-size: 11px; background: #fff; }
  main { max-width: none; margin: 0; padding: 0; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h1, h2, h3 { break-after: avoid; }
  p { orphans: 3; widows: 3; }
}
`;
