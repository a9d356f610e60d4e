/**
 * Latencies: lognormal, half of them above 400 ms and one in a hundred above 1.6 s. What is counted are requests above three
 * thresholds that were fixed beforehand (the usual p50, p90 and p99); the three tests are averaged.
 */
import { averageLogE } from '#domain/judge/average.ts';
import { rateRatio } from '#domain/judge/rate-ratio.ts';
import { alpha } from './methods.ts';
import { randomFrom } from './random.ts';
import { dayMinutes, exposure, loadAt } from './traffic.ts';

/** Shares of the requests that are usually above the thresholds, and where those are, in deviations of the logarithm. */
const usual = [0.5, 0.1, 0.01] as const;
const deviations = [0, 1.2816, 2.3263] as const;
const sigma = 0.6;

/** The chance that a standard normal number is above z: Abramowitz and Stegun 26.2.17, to 7.5e-8. */
function above(z: number): number {
  if (z < 0) return 1 - above(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

export interface Slowness {
  /** All requests take so many times as long. */
  readonly factor?: number;
  /** So many of the requests wait two seconds more, which is above every threshold. */
  readonly stuck?: number;
}

/** The minute at whose end the slower version is found, of a day; nothing: it is not. */
export function foundSlow(
  seed: number,
  requests: number,
  { factor = 1, stuck = 0 }: Slowness,
): number | undefined {
  const random = randomFrom(seed);
  const phase = dayMinutes * random.uniform();
  const shares = deviations.map((z) => stuck + (1 - stuck) * above(z - Math.log(factor) / sigma));
  const test = rateRatio({ ratioMax: 1.1, hours: 24 });
  const states = usual.map(() => test.start());
  /** How many are above each threshold: those above the second are among those above the first. */
  const counts = (n: number, of: readonly number[]) => {
    let [among, share] = [n, 1];
    return of.map((one) => {
      among = random.binomial(among, one / share);
      share = one;
      return among;
    });
  };
  for (let minute = 0; minute < dayMinutes; minute += 1) {
    const load = requests * loadAt(minute, phase);
    const nT = random.poisson(load * exposure);
    const nC = random.poisson(load * (1 - exposure));
    const [slowT, slowC] = [counts(nT, shares), counts(nC, usual)];
    for (const [at, state] of states.entries()) {
      test.add(state, minute, { nT, xT: slowT[at] ?? 0, nC, xC: slowC[at] ?? 0 });
    }
    const evidence = averageLogE(states.map((state) => ({ logE: test.logE(state), weight: 1 })));
    if (evidence >= -Math.log(alpha)) return minute + 1;
  }
  return undefined;
}
