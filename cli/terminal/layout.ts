/** Plain text in columns: wrapping and tables, never wider than a line. */

/** Widest line that is printed. */
export const widthMax = 110;

/** Blanks that must not end a line: before closing signs and units, after opening signs and figures. */
const bound = /(?<=[«\d<>≤≥]) (?=\S)| (?=[»:;!?%])/g;
const glue = '\u00a0';

/** Lines of at most `width` characters; a longer word is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.replaceAll(bound, glue).split(' ')) {
    while (word.length > width) {
      const room = line === '' ? width : width - line.length - 1;
      if (room > 8) {
        lines.push(line === '' ? word.slice(0, room) : `${line} ${word.slice(0, room)}`);
        word = word.slice(room);
      } else lines.push(line);
      line = '';
    }
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => one.replaceAll(glue, ' '));
}

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Gives way, and wraps, when the table is too wide. */
  readonly flexible?: boolean;
}

const gap = 2;
const narrowest = 12;

/** A heading, a rule and rows; each line starts with `indent` blanks. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  indent: number,
): readonly string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const excess = indent + sum(widths) + gap * (columns.length - 1) - widthMax;
  if (excess > 0) shrink(columns, widths, excess);
  const line = (cells: readonly string[]): readonly string[] => {
    const wrapped = cells.map((cell, index) => wrap(cell, widths[index] ?? narrowest));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) => {
      const texts = wrapped.map((lines, index) => {
        const width = widths[index] ?? narrowest;
        const text = lines[at] ?? '';
        return columns[index]?.align === 'right' ? text.padStart(width) : text.padEnd(width);
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

function shrink(columns: readonly Column[], widths: number[], excess: number): void {
  const flexible = columns.flatMap(({ flexible: gives }, index) => (gives ? [index] : []));
  for (let left = excess; left > 0; left -= 1) {
    const widest = flexible.reduce((best, index) =>
      (widths[index] ?? 0) > (widths[best] ?? 0) ? index : best,
    );
    const width = widths[widest] ?? 0;
    if (width <= narrowest) return;
    widths[widest] = width - 1;
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
