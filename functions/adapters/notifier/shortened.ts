/** At most so many UTF-16 units, an ellipsis included; no sign and no entity is cut in two. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1).replace(/(?:[\uD800-\uDBFF]|&[a-z]{0,3})$/, '');
  return `${cut}…`;
}
