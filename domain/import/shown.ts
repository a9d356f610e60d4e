/** Values of a file of users in sentences that people read and logs keep. */

const charactersMax = 20;

/** Shortened, control characters escaped, and of what may be an address no more than its first character and its domain. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  const at = text.indexOf('@');
  const hidden = at < 0 ? text : `${text.slice(0, Math.min(at, 1))}…${text.slice(at)}`;
  return JSON.stringify(hidden.length > charactersMax ? `${hidden.slice(0, charactersMax)}…` : hidden);
}
