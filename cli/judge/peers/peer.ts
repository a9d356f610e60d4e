/**
 * The rules of other tools as pure functions of the same blocks, so that one can see what each would have decided. They are
 * written after the tools' documentation and code; nothing of the tools is in them.
 */
import type { PairedCounts } from '#domain/judge/paired-counts.ts';

export interface Peer {
  /** Whose rule, and with which parameters, for a row of a table. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  /** The minute at whose end the release is rolled back, 1-based; undefined: never. `blocks` are minutes without gaps. */
  decide(blocks: readonly PairedCounts[]): number | undefined;
}

/** What a tool that knows no cohorts sees: the new version alone. */
export interface TreatmentCounts {
  readonly n: number;
  readonly x: number;
}

export const shareOf = ({ n, x }: TreatmentCounts): number | undefined => (n === 0 ? undefined : x / n);

/** Treatment in windows that follow each other; the last one only when it is complete. */
export function windowsOf(blocks: readonly PairedCounts[], minutes: number): readonly TreatmentCounts[] {
  return Array.from({ length: Math.floor(blocks.length / minutes) }, (_, index) =>
    treatmentIn(blocks.slice(index * minutes, (index + 1) * minutes)),
  );
}

const treatmentIn = (blocks: readonly PairedCounts[]): TreatmentCounts => ({
  n: blocks.reduce((sum, { nT }) => sum + nT, 0),
  x: blocks.reduce((sum, { xT }) => sum + xT, 0),
});
