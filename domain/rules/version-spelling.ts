/** One version has many spellings; whatever was found about it holds for all of them. */

/**
 * The spelling that stands for a version: in small letters, without a `v` before its number, and its numbers without zeros that
 * say nothing (`V1.02.0` is `1.2`). What comes after the numbers tells versions apart and stays (`2.0.0-rc.1`, `2.0.0+7`).
 */
export function spellingOf(version: string): string {
  const small = version.toLowerCase().replace(/^v(?=\d)/, '');
  const [numbers = ''] = /^\d+(?:\.\d+)*(?![a-z0-9_])/.exec(small) ?? [];
  const parts = numbers.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  const last = parts.findLastIndex((part) => part !== '0');
  return `${parts.slice(0, Math.max(last, 0) + 1).join('.')}${small.slice(numbers.length)}`;
}

export const isSameVersion = (one: string, other: string): boolean => spellingOf(one) === spellingOf(other);
