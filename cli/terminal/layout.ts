/** Plain text in columns as a terminal shows it: wrapping and tables, never wider than a line. */
import stringWidth from 'string-width';

/** Widest line that is printed. */
export const widthMax = 110;

/** Blanks that must not end a line: before closing signs and units, after opening signs and figures. */
const bound = /(?<=[«\d<>≤≥]) (?=\S)| (?=[»:;!?%])/g;
const glue = '\u00a0';

/** Latin letters and the signs beside them: one column each, as nearly all that is printed; the others are looked up. */
const latin = /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u202f\u20ac\u2192\u2264\u2265]*$/;
const columnsOf = (text: string): number => (latin.test(text) ? text.length : stringWidth(text));

/** Columns that the widest takes. */
export const widest = (texts: readonly string[]): number => Math.max(...texts.map(columnsOf));

const blanks = (text: string, width: number) => ' '.repeat(Math.max(0, width - columnsOf(text)));
export const padEnd = (text: string, width: number): string => `${text}${blanks(text, width)}`;
const padStart = (text: string, width: number) => `${blanks(text, width)}${text}`;

const signs = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As much of it as fits, one sign at least; an emoji or an accented letter is not cut through. */
function beginning(text: string, width: number): string {
  let taken = '';
  for (const { segment } of signs.segment(text)) {
    if (taken !== '' && columnsOf(taken + segment) > width) break;
    taken += segment;
  }
  return taken;
}

/** Lines of at most `width` columns; a longer word is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.replaceAll(bound, glue).split(' ')) {
    while (columnsOf(word) > width) {
      const room = line === '' ? width : width - columnsOf(line) - 1;
      if (room > 8) {
        const head = beginning(word, room);
        lines.push(line === '' ? head : `${line} ${head}`);
        word = word.slice(head.length);
      } else lines.push(line);
      line = '';
    }
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => one.replaceAll(glue, ' '));
}

export interface TextColumn {
  readonly title: string;
  readonly align?: 'right';
  /** Gives way, and wraps, when the table is too wide. */
  readonly flexible?: boolean;
}

const gap = 2;
const narrowest = 12;

/** A heading, a rule and rows; each line starts with `indent` blanks. */
export function table(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  indent: number,
): readonly string[] {
  const widths = columns.map(({ title }, index) => widest([title, ...rows.map((row) => row[index] ?? '')]));
  const excess = indent + sum(widths) + gap * (columns.length - 1) - widthMax;
  if (excess > 0) shrink(columns, widths, excess);
  const line = (cells: readonly string[]): readonly string[] => {
    const wrapped = cells.map((cell, index) => wrap(cell, widths[index] ?? narrowest));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) => {
      const texts = wrapped.map((lines, index) => {
        const width = widths[index] ?? narrowest;
        const text = lines[at] ?? '';
        return columns[index]?.align === 'right' ? padStart(text, width) : padEnd(text, width);
      });
      return `${' '.repeat(indent)}${texts.join(' '.repeat(gap))}`.trimEnd();
    });
  };
  return [
    ...line(columns.map(({ title }) => title)),
    `${' '.repeat(indent)}${widths.map((width) => '─'.repeat(width)).join(' '.repeat(gap))}`,
    ...rows.flatMap(line),
  ];
}

function shrink(columns: readonly TextColumn[], widths: number[], excess: number): void {
  const flexible = columns.flatMap(({ flexible: gives }, index) => (gives ? [index] : []));
  for (let left = excess; left > 0; left -= 1) {
    const giving = flexible.reduce((best, index) =>
      (widths[index] ?? 0) > (widths[best] ?? 0) ? index : best,
    );
    const width = widths[giving] ?? 0;
    if (width <= narrowest) return;
    widths[giving] = width - 1;
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
