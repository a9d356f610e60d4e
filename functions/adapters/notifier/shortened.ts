import { beginningOf } from '#domain/cut.ts';

/** At most so many UTF-16 units, an ellipsis included; no sign and no entity is cut in two. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${beginningOf(text, max - 1).replace(/&[a-z]{0,3}$/, '')}…`;
}
