/**
 * Argo Rollouts, `AnalysisTemplate` with a `successCondition` on the success rate: a measurement per interval, and the run
 * fails when more than `failureLimit` of them have failed (`failed > limit` in the code: limit 3 fails at the 4th). The count
 * is cumulative; successes do not take failures back. A window without requests is an error of the condition, no failure.
 */
import { type Peer, shareOf, windowsOf } from './peer.ts';

export interface ArgoMetric {
  readonly intervalMinutes: number;
  /** Left out, it is 0: the first failure aborts. The documentation's example has 3. */
  readonly failureLimit: number;
  /** `successCondition: result[0] >= ...`. */
  readonly successShareMin: number;
}

/** The example of the documentation. */
const argoDefaults: ArgoMetric = { intervalMinutes: 5, failureLimit: 3, successShareMin: 0.95 };

export function argo(changes: Partial<ArgoMetric> = {}): Peer {
  const parameters = { ...argoDefaults, ...changes };
  const { intervalMinutes, failureLimit, successShareMin } = parameters;
  return {
    name: `Argo ${intervalMinutes} min, failureLimit ${failureLimit}, success >= ${+(successShareMin * 100).toFixed(2)} %`,
    parameters: { ...parameters },
    decide: (blocks) => {
      let failed = 0;
      for (const [index, seen] of windowsOf(blocks, intervalMinutes).entries()) {
        const badShare = shareOf(seen);
        if (badShare !== undefined && 1 - badShare < successShareMin) failed += 1;
        if (failed > failureLimit) return (index + 1) * intervalMinutes;
      }
      return undefined;
    },
  };
}
