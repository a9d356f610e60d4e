/**
 * Kayenta, `NetflixACAJudge-v1.0`: the error rates of the minutes of canary and baseline are two samples; High, and so a
 * failed canary, when the lower end of the 98 % confidence interval of their shift (Mann-Whitney) is above 0.25 times its
 * estimate, and the mean is not lower. Judged at every interval, over the last window or over everything so far.
 *
 * Kayenta asks for a baseline of the canary's size; a larger control has steadier rates, which this rule takes for others.
 */
import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import { shiftOf } from './mann-whitney.ts';
import type { Peer } from './peer.ts';

export interface KayentaJudge {
  readonly intervalMinutes: number;
  readonly lookback: 'sliding' | 'growing';
  /** Constants of the judge. */
  readonly confidence: number;
  readonly tolerance: number;
  /** `allowedIncrease` of the ratio of means. */
  readonly meanRatioMin: number;
}

/** As Spinnaker's documentation advises: an interval of 60 minutes. */
const kayentaDefaults: KayentaJudge = {
  intervalMinutes: 60,
  lookback: 'sliding',
  confidence: 0.98,
  tolerance: 0.25,
  meanRatioMin: 1,
};

export function kayenta(changes: Partial<KayentaJudge> = {}): Peer {
  const parameters = { ...kayentaDefaults, ...changes };
  const { intervalMinutes, lookback } = parameters;
  return {
    name: `Kayenta every ${intervalMinutes} min, ${lookback} window`,
    parameters: { ...parameters },
    decide: (blocks) => {
      for (let end = intervalMinutes; end <= blocks.length; end += intervalMinutes) {
        const window = blocks.slice(lookback === 'sliding' ? end - intervalMinutes : 0, end);
        if (isHigh(window, parameters)) return end;
      }
      return undefined;
    },
  };
}

function isHigh(
  blocks: readonly PairedCounts[],
  { confidence, tolerance, meanRatioMin }: KayentaJudge,
): boolean {
  // `nanStrategy: remove`: minutes without requests are no values.
  const treatment = rates(blocks.filter(({ nT }) => nT > 0).map(({ nT, xT }) => xT / nT));
  const control = rates(blocks.filter(({ nC }) => nC > 0).map(({ nC, xC }) => xC / nC));
  if (treatment.length === 0 || control.length === 0) return false;
  if (treatment.length === control.length && treatment.every((rate, at) => rate === control[at]))
    return false;
  // A ratio of means that does not exist skips the check of the size.
  const [meanT, meanC] = [mean(treatment), mean(control)];
  if (meanT !== 0 && meanC !== 0 && meanT / meanC < meanRatioMin) return false;
  const { lower, estimate } = shiftOf(treatment, control, confidence);
  return lower > tolerance * Math.abs(estimate);
}

const rates = (values: readonly number[]) => Float64Array.from(values).sort();
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
