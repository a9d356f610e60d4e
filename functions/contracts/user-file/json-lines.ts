/**
 * Users as JSON Lines: an object a line, `{ "userId": "u-1", "email": "ada@example.org", "locale": "fr", "segments": ["pilots"] }`;
 * the last two members may be missing.
 */
import type { ParsedLine } from '#domain/audience/parsed-line.ts';
import type { TextLine } from './lines.ts';
import { readingOf } from './user.ts';

export async function* fromJsonLines(
  batches: AsyncIterable<readonly TextLine[]>,
): AsyncGenerator<readonly ParsedLine[]> {
  for await (const lines of batches) yield lines.map(lineRead);
}

function lineRead(line: TextLine): ParsedLine {
  if ('problem' in line) return line;
  try {
    return readingOf(line.line, JSON.parse(line.text));
  } catch {
    return { line: line.line, problem: 'it is not JSON: an object stands in a line by itself' };
  }
}
