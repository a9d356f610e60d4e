/**
 * What is kept of every look of a bake: the blocks that were new or revised, the statistic, what it had to reach, and what came
 * of it. All looks of a bake together are all of its blocks, so that anybody can judge again (`jalon judge`).
 */
import { present } from '../present.ts';
import type { Reading } from './check.ts';
import type { Judgement } from './judge.ts';
import type { OddCounts } from './odd-minutes.ts';
import type { Block } from './series.ts';

/** A block as numbers: minute, n and x of treatment, n and x of control; `null` where the source had nothing. */
export type BlockRow = readonly [
  minute: number,
  nT: number | null,
  xT: number | null,
  nC: number | null,
  xC: number | null,
];

interface CheckEvidence {
  readonly reading: Reading;
  readonly proven: boolean;
  /** ln E, and the ln E that proves the new version to be worse. Absent: no test judges this check. */
  readonly logE?: number;
  readonly threshold?: number;
  readonly logCertificate?: number;
  readonly blocks: readonly BlockRow[];
  /** Minutes of the last half hour that were left out, for what was said of each cohort. Absent: none was. */
  readonly odd?: OddCounts;
}

export interface Evidence {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly exposure: number;
  readonly checks: Readonly<Record<string, CheckEvidence>>;
}

export const evidenceOf = (
  atMs: number,
  exposure: number,
  judgements: Readonly<Record<string, Judgement>>,
): Evidence => ({
  atMs,
  exposure,
  checks: Object.fromEntries(
    Object.entries(judgements).map(
      ([id, { reading, proven, logE, threshold, logCertificate, fresh, odd }]) => [
        id,
        {
          reading,
          proven,
          // A bound that is crossed is beyond every threshold; JSON has no word for that.
          ...(logE === undefined ? {} : { logE: Number.isFinite(logE) ? logE : Number.MAX_VALUE }),
          ...present({ threshold, logCertificate, odd }),
          blocks: fresh.map(toRow),
        },
      ],
    ),
  ),
});

const toRow = ({ minute, treatment, control }: Block): BlockRow => [
  minute,
  treatment?.n ?? null,
  treatment?.x ?? null,
  control?.n ?? null,
  control?.x ?? null,
];

export const toBlock = ([minute, nT, xT, nC, xC]: BlockRow): Block => ({
  minute,
  ...(nT === null || xT === null ? {} : { treatment: { n: nT, x: xT } }),
  ...(nC === null || xC === null ? {} : { control: { n: nC, x: xC } }),
});
