/**
 * Users as CSV: a header with the columns `userId,email,locale,segments` in any order (the last two may be missing), then a
 * user a line. Fields may be quoted; segments are separated by `;` or `|`. A header with semicolons and no comma, as
 * spreadsheets write it in French, makes the semicolon the separator of fields.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { ParsedLine } from '#domain/audience/parsed-line.ts';
import { shown } from '#domain/audience/redact.ts';
import type { TextLine } from './lines.ts';
import { columns, readingOf } from './user.ts';

interface Header {
  readonly delimiter: string;
  readonly names: readonly string[];
}

export async function* fromCsv(
  batches: AsyncIterable<readonly TextLine[]>,
): AsyncGenerator<readonly ParsedLine[]> {
  let header: Header | undefined;
  for await (const batch of batches) {
    let lines = batch;
    if (header === undefined) {
      const [first, ...others] = batch;
      const read = first === undefined ? undefined : headerOf(first);
      if (read === undefined) continue;
      if ('problem' in read) {
        // Without its columns no line means anything.
        yield [read];
        return;
      }
      [header, lines] = [read, others];
    }
    yield readingsOf(header, lines);
  }
}

function headerOf(first: TextLine): Header | { readonly line: number; readonly problem: string } {
  if ('problem' in first) return first;
  const { line, text } = first;
  const delimiter = text.includes(';') && !text.includes(',') ? ';' : ',';
  const fields = fieldsOf(text, delimiter);
  if (typeof fields === 'string') return { line, problem: fields };
  const names = fields.map((name) => name.trim());
  const wrong = wrongIn(names);
  return wrong === undefined
    ? { delimiter, names }
    : { line, problem: `${wrong}: the columns are ${columns.join(', ')}; the last two may be left out` };
}

function wrongIn(names: readonly string[]): string | undefined {
  const known: readonly string[] = columns;
  const missing = columns.slice(0, 2).filter((name) => !names.includes(name));
  if (missing.length > 0) return `the header has no ${missing.join(', ')}`;
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0)
    return `the header has ${strange.map(shown).join(', ')}, which Jalon does not keep of a person`;
  return new Set(names).size < names.length ? 'the header has a column twice' : undefined;
}

function readingsOf(header: Header, lines: readonly TextLine[]): readonly ParsedLine[] {
  const rows = together(lines, header.delimiter);
  return lines.map((line, index) => {
    if ('problem' in line) return line;
    const fields = rows?.[index] ?? fieldsOf(line.text, header.delimiter);
    if (typeof fields === 'string') return { line: line.line, problem: fields };
    return readingOfRow(header, line.line, fields);
  });
}

/** All lines in one go, which is ten times as fast as each by itself; nothing unless each is a row. */
function together(lines: readonly TextLine[], delimiter: string): readonly (readonly string[])[] | undefined {
  if (lines.some((line) => 'problem' in line)) return undefined;
  const rows = rowsOf(lines.map((line) => ('text' in line ? line.text : '')).join('\n'), delimiter);
  return Array.isArray(rows) && rows.length === lines.length ? rows : undefined;
}

/** The fields of one line, or why there are none. */
function fieldsOf(text: string, delimiter: string): readonly string[] | string {
  const rows = rowsOf(text, delimiter);
  return typeof rows === 'string' ? rows : (rows[0] ?? []);
}

function rowsOf(text: string, delimiter: string): readonly (readonly string[])[] | string {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError)
      return 'its quotes do not match: a quote inside of quotes is written twice';
    throw error;
  }
}

function readingOfRow({ names }: Header, line: number, fields: readonly string[]): ParsedLine {
  if (fields.length !== names.length)
    return { line, problem: `it has ${fields.length} fields, and the header ${names.length} columns` };
  const {
    userId,
    email,
    locale = '',
    segments = '',
  } = Object.fromEntries(names.map((name, index) => [name, fields[index]]));
  return readingOf(line, {
    userId,
    email,
    ...(locale === '' ? {} : { locale }),
    segments: segments
      .split(/[;|]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  });
}
