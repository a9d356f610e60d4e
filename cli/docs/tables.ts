/** Tables of the documentation that are written from the code, each between two comments that name it. */
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** The page with its tables anew, by name. Throws RangeError when the place of one is not there. */
export const rewritten = (page: string, tables: Readonly<Record<string, string>>): string =>
  Object.entries(tables).reduce((text, [name, made]) => {
    const [open, close] = [
      `<!-- ${name}: written by node cli/docs/generate.ts -->`,
      `<!-- end of ${name} -->`,
    ];
    const [from, to] = [text.indexOf(open), text.indexOf(close)];
    if (from < 0 || to < from) throw new RangeError(`the page has no table between "${open}" and "${close}"`);
    return `${text.slice(0, from)}${open}\n\n${made}\n\n${text.slice(to)}`;
  }, page);
