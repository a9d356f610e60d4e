/** The error rate of the last so many minutes against a limit, looked at every minute: what a dashboard's red number is. */
import type { Peer } from './peer.ts';

export interface SlidingShare {
  readonly windowMinutes: number;
  readonly badShareMax: number;
}

const slidingDefaults: SlidingShare = { windowMinutes: 60, badShareMax: 0.01 };

export function sliding(changes: Partial<SlidingShare> = {}): Peer {
  const parameters = { ...slidingDefaults, ...changes };
  const { windowMinutes, badShareMax } = parameters;
  return {
    name: `error rate of the last ${windowMinutes} min > ${+(badShareMax * 100).toFixed(2)} %`,
    parameters: { ...parameters },
    decide: (blocks) => {
      let n = 0;
      let x = 0;
      for (const [minute, { nT, xT }] of blocks.entries()) {
        n += nT - (blocks[minute - windowMinutes]?.nT ?? 0);
        x += xT - (blocks[minute - windowMinutes]?.xT ?? 0);
        if (minute + 1 >= windowMinutes && n > 0 && x / n > badShareMax) return minute + 1;
      }
      return undefined;
    },
  };
}
