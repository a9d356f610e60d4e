/**
 * What one would do by hand: a z-test of two proportions on everything so far, looked at every minute until it is
 * "significant". Each look by itself is right one time in a hundred; two days of looks are not.
 */
import { normalQuantile } from './normal.ts';
import type { Peer } from './peer.ts';

export interface ZTest {
  /** One-sided: treatment is worse. */
  readonly alpha: number;
}

const naiveDefaults: ZTest = { alpha: 0.01 };

export function naive(changes: Partial<ZTest> = {}): Peer {
  const parameters = { ...naiveDefaults, ...changes };
  const critical = normalQuantile(1 - parameters.alpha);
  return {
    name: `z-test every minute, p < ${parameters.alpha}`,
    parameters: { ...parameters },
    decide: (blocks) => {
      let [nT, xT, nC, xC] = [0, 0, 0, 0];
      for (const [minute, block] of blocks.entries()) {
        nT += block.nT;
        xT += block.xT;
        nC += block.nC;
        xC += block.xC;
        if (nT === 0 || nC === 0) continue;
        const pooled = (xT + xC) / (nT + nC);
        const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / nT + 1 / nC));
        if (deviation > 0 && (xT / nT - xC / nC) / deviation > critical) return minute + 1;
      }
      return undefined;
    },
  };
}
