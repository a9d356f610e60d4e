/**
 * The form that the facts of a ledger have, written into its first one. It is raised when what was written before would be
 * read as something else.
 */

/** What this program writes and reads. */
export const ledgerFormat = 2;

/** The version of Jalon that wrote a form first. */
const versions: Readonly<Record<number, string>> = { 1: '0.1', 2: '0.2' };

/** A form with the version that wrote it: `2 (Jalon 0.2)`. One that is not known here is a later version's. */
export const nameOfFormat = (format: number): string =>
  `${format} (Jalon ${versions[format] ?? 'of a later version'})`;
