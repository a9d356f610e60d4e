/**
 * What a bake will be able to see, before it starts. The money of the right alternative r grows, per request of treatment,
 * by p0 times
 *
 *     i(r) = r ln(r/r0) - (r + (1-rho)/rho) ln((1 + rho (r-1)) / (1 + rho (r0-1)))
 *
 * with p0 the usual bad share, rho the share of treatment in all requests, r0 the ratio tolerated; so `rateRatio` needs
 * about ln(5/alpha) / (p0 i) requests of treatment, ln(10/alpha) / (p0 i) where it also starts anew each hour. An
 * expectation, within 10 % of simulations, not a guarantee: about half of the bakes see it sooner.
 */
import { requireAlpha, requireHours, requireRatio, requireShare, requireWithin } from './parameters.ts';
import { worse } from './rate-ratio.ts';

export interface Traffic {
  /** Requests a minute in treatment. */
  readonly perMinuteTreatment: number;
  /** Of treatment in all requests (rho); 1: there is no control. */
  readonly share: number;
  readonly usualBadShare: number;
  /** Of the test: its false alarms, the ratio it tolerates, its starts. */
  readonly alpha: number;
  readonly ratioMax: number;
  readonly hours: number;
}

/** Beyond this times the usual share a bake counts as blind. */
export const ratioSeenMax = 10;

/** Expected minutes until `ratio` is found; undefined: never, because nothing is compared or the ratio is tolerated. */
export function minutesToSee({
  ratio,
  ...traffic
}: Traffic & { readonly ratio: number }): number | undefined {
  requireTraffic(traffic);
  requireRatio('ratio', ratio, 0);
  const { perMinuteTreatment, usualBadShare, share, ratioMax } = traffic;
  if (share === 0 || share === 1 || perMinuteTreatment === 0 || ratio <= ratioMax) return undefined;
  const growth = usualBadShare * growthOf(ratio, ratioMax, share);
  return growth > 0 ? logMoneyWanted(traffic) / growth / perMinuteTreatment : undefined;
}

/** The smallest ratio that `minutes` suffice to find; undefined: blind to everything below ten times, or no control. */
export function smallestRatio({
  minutes,
  ...traffic
}: Traffic & { readonly minutes: number }): number | undefined {
  requireWithin('minutes', minutes, 0, 1e9, 'give how long the phase bakes');
  const seen = (ratio: number) =>
    (minutesToSee({ ...traffic, ratio }) ?? Number.POSITIVE_INFINITY) <= minutes;
  if (traffic.ratioMax >= ratioSeenMax || !seen(ratioSeenMax)) return undefined;
  // Growth rises with the ratio: halve the interval until a thousandth is no news to anybody.
  let blind = traffic.ratioMax;
  let found = ratioSeenMax;
  while (found - blind > 1e-6) {
    const middle = (blind + found) / 2;
    if (seen(middle)) found = middle;
    else blind = middle;
  }
  return found;
}

const logMoneyWanted = ({ alpha, hours }: Traffic) =>
  Math.log((worse.length * (hours === 1 ? 1 : 2)) / alpha);

function growthOf(ratio: number, ratioMax: number, share: number): number {
  const logOdds = Math.log1p(share * (ratio - 1)) - Math.log1p(share * (ratioMax - 1));
  return ratio * Math.log(ratio / ratioMax) - (ratio + (1 - share) / share) * logOdds;
}

function requireTraffic({ perMinuteTreatment, share, usualBadShare, alpha, ratioMax, hours }: Traffic): void {
  requireWithin('perMinuteTreatment', perMinuteTreatment, 0, 1e12, 'give requests a minute in treatment');
  requireWithin('share', share, 0, 1, 'give the share of treatment in all requests, 0.1 for ten percent');
  requireShare('usualBadShare', usualBadShare);
  requireAlpha(alpha);
  requireRatio('ratioMax', ratioMax, 0);
  requireHours(hours);
}
