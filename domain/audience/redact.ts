/** Values of a file of users in sentences that people read and logs keep. */

const charactersMax = 20;

/** Shortened, control characters escaped, and of what may be addresses no more than the first character and the domain. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  const hidden = text.replaceAll(/([^\s@])[^\s@]*@/g, '$1…@');
  return JSON.stringify(hidden.length > charactersMax ? `${hidden.slice(0, charactersMax)}…` : hidden);
}
