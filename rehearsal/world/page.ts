/** What a page of a store may hold, as the ports say. */
const pageMax = 1000;

/** Throws RangeError outside of 1..1000 (or `max`), as the real stores do. */
export function withinPage(limit: number, max = pageMax): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= max) return limit;
  throw new RangeError(`the limit is ${limit}: give a whole number from 1 to ${max}`);
}
