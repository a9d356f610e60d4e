/**
 * Texts cut where a reader would cut them: between two signs as they are seen (Unicode, annex 29), never inside one. `max` is in
 * UTF-16 units, which is how most services count.
 */
const signs = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most so much of the beginning. */
export function beginningOf(text: string, max: number): string {
  if (text.length <= max) return text;
  const { index = 0 } = signs.segment(text).containing(max) ?? {};
  // A single sign may be longer than there is room: then between two characters.
  return text.slice(0, index > 0 ? index : max).toWellFormed();
}

/** At most so much of the end. */
export function endOf(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max <= 0) return '';
  const from = text.length - max;
  const { index = from, segment = '' } = signs.segment(text).containing(from) ?? {};
  const next = index === from ? from : index + segment.length;
  return text.slice(next < text.length ? next : from).toWellFormed();
}
