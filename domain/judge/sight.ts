/**
 * What a bake can see, computed beforehand: how many requests of the new version it takes until a regression is found does not
 * depend on the traffic, only on its size, on how rare bad events are, and on the exposure.
 *
 *     i(r) = r ln(r / r0) - (r + (1 - rho) / rho) ln((1 + rho (r - 1)) / (1 + rho (r0 - 1)))
 *     requests = ln(alternatives / (first weight * alpha)) / (p0 i(r))
 *
 * Source: section 1.9 of the note that the tests come from; within 10 % of simulation.
 */

export interface SightSettings {
  /** Requests a minute of the users with the new version. */
  readonly perMinuteTreatment: number;
  /** Their part of all requests, between 0 and 1. */
  readonly share: number;
  /** The bad share that is usual, between 0 and 1. */
  readonly usualBadShare: number;
  /** How long is looked. */
  readonly minutes: number;
  readonly alpha: number;
  readonly ratioMax: number;
  readonly hours: number;
}

/** Beyond this a person sees it without a test. */
const ratioLargest = 10;
const alternatives = 5;

/** The smallest ratio that would be found in time; nothing when that is more than ten times. */
export function smallestRatio(settings: SightSettings): number | undefined {
  const { minutes, ratioMax } = settings;
  if (!(minutesToSee(ratioLargest, settings) <= minutes)) return undefined;
  let [blind, seen] = [ratioMax, ratioLargest];
  for (let halvings = 0; halvings < 50; halvings += 1) {
    const middle = (blind + seen) / 2;
    if (minutesToSee(middle, settings) <= minutes) seen = middle;
    else blind = middle;
  }
  return seen;
}

/** About how long it takes until a regression of this ratio is found; infinite when it never is. */
export function minutesToSee(ratio: number, settings: Omit<SightSettings, 'minutes'>): number {
  const { perMinuteTreatment, share, usualBadShare, alpha, ratioMax, hours } = settings;
  if (ratio <= ratioMax || perMinuteTreatment <= 0 || share <= 0 || share >= 1)
    return Number.POSITIVE_INFINITY;
  const information =
    ratio * Math.log(ratio / ratioMax) -
    (ratio + (1 - share) / share) * Math.log((1 + share * (ratio - 1)) / (1 + share * (ratioMax - 1)));
  const needed = Math.log((alternatives * (hours > 1 ? 2 : 1)) / alpha);
  return needed / (usualBadShare * information) / perMinuteTreatment;
}
