/**
 * Bakes of versions that are fine in a world that is not: what must not roll back. After the scenarios of the note, with the
 * natural generator where it names none.
 */

import { meanDifference } from '#domain/judge/mean.ts';
import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import { rateRatio } from '#domain/judge/rate-ratio.ts';
import { alpha, firstProof } from './methods.ts';
import { type Random, randomFrom } from './random.ts';
import { bakeMinutes, dayMinutes, exposure, loadAt, usualErrorShare } from './traffic.ts';

export interface Scenario {
  readonly name: string;
  /** The share of false rollbacks that is promised; absent: shown beside, and promised by nobody. */
  readonly most?: number;
  /** Whether a healthy version is rolled back. */
  falsely(seed: number): boolean;
}

interface Nature {
  readonly requests: number;
  readonly exposure?: (minute: number) => number;
  /** Of both cohorts, and of the new version alone. */
  readonly errorShare?: (minute: number, random: Random) => number;
  readonly jitter?: (minute: number, random: Random) => number;
}

function minutesOf(
  seed: number,
  { requests, exposure: exposed, errorShare, jitter }: Nature,
): readonly PairedCounts[] {
  const random = randomFrom(seed);
  const phase = dayMinutes * random.uniform();
  return Array.from({ length: bakeMinutes }, (_, minute) => {
    const load = requests * loadAt(minute, phase);
    const part = exposed?.(minute) ?? exposure;
    const share = errorShare?.(minute, random) ?? usualErrorShare;
    const nT = random.poisson(load * part);
    const nC = random.poisson(load * (1 - part));
    const xT = random.binomial(nT, share * (jitter?.(minute, random) ?? 1));
    return { nT, xT, nC, xC: random.binomial(nC, share) };
  });
}

const tolerant = rateRatio({ ratioMax: 1.1, hours: 48 });
const rolledBack = (blocks: readonly PairedCounts[]) => firstProof(tolerant, blocks) !== undefined;

/** Three incidents of ten minutes, at which both cohorts have ten times the errors. */
const incidents = (requests: number): Scenario => ({
  name: `incidents of both versions, ${requests} requests/min`,
  most: 0.01,
  falsely: (seed) => {
    const places = randomFrom(seed + 1);
    const starts = Array.from({ length: 3 }, () => Math.floor(places.uniform() * (bakeMinutes - 10)));
    const errorShare = (minute: number) =>
      usualErrorShare * (starts.some((start) => minute >= start && minute < start + 10) ? 10 : 1);
    return rolledBack(minutesOf(seed, { requests, errorShare }));
  },
});

/** 10 % of the users, then 50 %, while the error rate swings by 80 % in a day. */
const widened: Scenario = {
  name: 'exposure from 10 to 50 %, errors that swing by 80 %',
  most: 0.01,
  falsely: (seed) =>
    rolledBack(
      minutesOf(seed, {
        requests: 1000,
        exposure: (minute) => (minute < 16 * 60 ? 0.1 : 0.5),
        errorShare: (minute) => usualErrorShare * (1 + 0.8 * Math.sin((2 * Math.PI * minute) / dayMinutes)),
      }),
    ),
};

/** The new version's error rate jitters from ten minutes to the next, lognormal. */
const jittery: Scenario = {
  name: 'error rate that jitters by 10 % every ten minutes',
  most: 0.01,
  falsely: (seed) => {
    let factor = 1;
    const jitter = (minute: number, random: Random) => {
      if (minute % 10 === 0) factor = Math.exp(0.1 * random.gauss() - 0.005);
      return factor;
    };
    return rolledBack(minutesOf(seed, { requests: 1000, jitter }));
  },
};

/** Users who fail try again, three times in the mean: raw errors come in bursts, affected users do not. */
function retries(seed: number, counted: 'users' | 'tries'): readonly PairedCounts[] {
  const random = randomFrom(seed);
  const tries = (failed: number) => {
    let all = 0;
    for (let user = 0; user < failed; user += 1) all += Math.min(10, random.geometric(1 / 3));
    return all;
  };
  return minutesOf(seed, { requests: 1000 }).map(({ nT, xT, nC, xC }) => {
    const [triesT, triesC] = [tries(xT), tries(xC)];
    return counted === 'users'
      ? { nT, xT, nC, xC }
      : { nT: nT - xT + triesT, xT: triesT, nC: nC - xC + triesC, xC: triesC };
  });
}
const affectedUsers: Scenario = {
  name: 'failures that are tried again three times, affected users counted',
  most: 0.01,
  falsely: (seed) => rolledBack(retries(seed, 'users')),
};
const rawTries: Scenario = {
  name: '... every try counted: what not to do',
  falsely: (seed) => rolledBack(retries(seed, 'tries')),
};

/** Latency of each cohort with noise of its own that lasts: AR(1) a minute, 3 %, phi 0.9; a tolerance of 5 % absorbs it. */
const lastingNoise: Scenario = {
  name: 'latency with lasting noise of 3 % in each cohort, tolerance 5 %',
  most: 0.01,
  falsely: (seed) => {
    const random = randomFrom(seed);
    const test = meanDifference({ tolerance: 0.05, alpha });
    const state = test.start();
    const [phi, deviation] = [0.9, 0.03];
    const step = deviation * Math.sqrt(1 - phi * phi);
    let [mine, others] = [deviation * random.gauss(), deviation * random.gauss()];
    for (let minute = 0; minute < dayMinutes; minute += 1) {
      mine = phi * mine + step * random.gauss();
      others = phi * others + step * random.gauss();
      const meanT = 400 * Math.exp(mine) * (1 + 0.06 * random.gauss());
      const meanC = 400 * Math.exp(others) * (1 + 0.02 * random.gauss());
      test.add(state, minute, { nT: 100, xT: 100 * meanT, nC: 900, xC: 900 * meanC });
    }
    return test.exceeded(state);
  },
};

export const scenarios: readonly Scenario[] = [
  incidents(100),
  incidents(1000),
  widened,
  jittery,
  affectedUsers,
  rawTries,
  lastingNoise,
];
