/** Texts of the command line into values that only the API wants. */
import { BadInput } from '../terminal/exit.ts';

/** Throws BadInput. */
export function number(text: string): number {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new BadInput(`<value> is "${text}": it must be a number; write for example 86.5`);
}

/** Throws BadInput. */
export function link(url: string): { readonly link: string } {
  const { protocol } = URL.parse(url) ?? {};
  if (protocol === 'https:' || protocol === 'http:') return { link: url };
  throw new BadInput(`--link is "${url}": it must be a web address; write for example https://example.org/1`);
}
