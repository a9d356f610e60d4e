/** Streams of the note: 48 hours of one-minute blocks whose traffic follows the day by 60 % up and down. */
import type { Pair } from '#domain/judge/pair.ts';
import { chancesOf } from './generator.ts';

export const minutesPerDay = 1440;

/** A minute with a third cohort: part of control, as large as treatment, for rules that need one. */
export interface Minute extends Pair {
  readonly nB: number;
  readonly xB: number;
}

export interface Stream {
  /** Requests a minute of all users. */
  readonly perMinute: number;
  /** How many times the usual errors the new version makes. */
  readonly ratio: number;
  /** From this minute on; before it the new version is like the old one. */
  readonly onset?: number;
  readonly minutes?: number;
  readonly badShare?: number;
  readonly exposure?: number;
}

export function streamOf(seed: number, stream: Stream): Minute[] {
  const {
    perMinute,
    ratio,
    onset = 0,
    minutes = 2 * minutesPerDay,
    badShare = 0.005,
    exposure = 0.1,
  } = stream;
  const { uniform, poisson, binomial } = chancesOf(seed);
  const phase = minutesPerDay * uniform();
  return Array.from({ length: minutes }, (_, t) => {
    const load = 1 + 0.6 * Math.sin((2 * Math.PI * (t + phase)) / minutesPerDay);
    const nT = poisson(perMinute * exposure * load);
    const nC = poisson(perMinute * (1 - exposure) * load);
    const xT = binomial(nT, badShare * (t >= onset ? ratio : 1));
    const xC = binomial(nC, badShare);
    const part = exposure / (1 - exposure);
    const xB = binomial(xC, part);
    return { nT, xT, nC, xC, xB, nB: xB + binomial(nC - xC, part) };
  });
}
