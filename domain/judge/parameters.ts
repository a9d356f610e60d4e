/** Parameters that no test can work with are refused where the test is made, not when it is too late. */

export function requireBetween(name: string, value: number, above: number, below: number, fix: string): void {
  if (value > above && value < below) return;
  throw new RangeError(`${name} ${value}: must be above ${above} and below ${below}; ${fix}`);
}

export function requireWithin(name: string, value: number, least: number, most: number, fix: string): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`${name} ${value}: must be from ${least} to ${most}; ${fix}`);
}

export function requireWhole(name: string, value: number, least: number, fix: string): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`${name} ${value}: must be a whole number of at least ${least}; ${fix}`);
}

/** A share of events: never none, never all, for neither has a likelihood. */
export const requireShare = (name: string, value: number) =>
  requireBetween(name, value, 0, 1, 'give a share, 0.005 for half a percent');

export const requireAlpha = (alpha: number) =>
  requireBetween('alpha', alpha, 0, 0.5, 'give the probability of a false alarm, 0.01 for one percent');

export const requireRatio = (name: string, value: number, above: number) =>
  requireBetween(name, value, above, 1000, 'give treatment over control, 1.1 for ten percent more');

export const requireHours = (hours: number) =>
  requireWhole('hours', hours, 1, 'round up the hours that the test may run, 1 for a test that starts once');
