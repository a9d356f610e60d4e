/**
 * The lines of a file of users, from its bytes: UTF-8, `\n` or `\r\n`, with or without a byte order mark. Of a line that is
 * too long no more is kept than the limit, so that memory does not depend on what is sent.
 */

/** A user has a few hundred bytes. */
export const lineBytesMax = 16_384;
const nothing = new Uint8Array(0);
const newline = 10;
const carriageReturn = 13;

export type TextLine =
  | { readonly line: number; readonly text: string }
  | { readonly line: number; readonly problem: string };

/** In batches as the bytes come; lines are counted from 1, and empty ones are left out. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly TextLine[]> {
  let line = 1;
  let begun: Uint8Array = nothing;
  let tooLong = false;
  for await (const chunk of bytes) {
    const lines: TextLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      lines.push(...lineOf(line, tooLong ? undefined : joined(begun, chunk.subarray(from, end))));
      [line, from, begun, tooLong] = [line + 1, end + 1, nothing, false];
    }
    const rest = joined(begun, chunk.subarray(from));
    tooLong ||= rest === undefined;
    begun = rest ?? nothing;
    if (lines.length > 0) yield lines;
  }
  const last = lineOf(line, tooLong ? undefined : begun);
  if (last.length > 0) yield last;
}

/** Nothing when that is longer than a line may be. */
function joined(begun: Uint8Array, more: Uint8Array): Uint8Array | undefined {
  if (begun.length + more.length > lineBytesMax) return undefined;
  if (begun.length === 0) return more;
  const whole = new Uint8Array(begun.length + more.length);
  whole.set(begun);
  whole.set(more, begun.length);
  return whole;
}

/** Strict, and silent about no byte order mark but that of the first line. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function lineOf(line: number, bytes: Uint8Array | undefined): readonly TextLine[] {
  if (bytes === undefined)
    return [{ line, problem: `it is longer than ${lineBytesMax} bytes: a line holds one user` }];
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  try {
    const decoded = utf8.decode(bytes.subarray(0, end));
    const text = line === 1 && decoded.startsWith('\ufeff') ? decoded.slice(1) : decoded;
    return text === '' ? [] : [{ line, text }];
  } catch {
    return [{ line, problem: 'it is not UTF-8: save the file in that encoding' }];
  }
}
