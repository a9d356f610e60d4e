/** The end of a `switch` that has a case for every member: the compiler refuses it while one is missing. */
export function unreachable(value: never): never {
  throw new RangeError(`nothing handles ${JSON.stringify(value)}`);
}

/** The same of a `switch` over what a ledger holds: what only a later version knows is left out, not refused. */
export const leftOut = (_unknown: never): undefined => undefined;
