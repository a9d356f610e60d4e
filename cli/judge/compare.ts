/** What the rules of other tools decide on the same data, each with its own defaults. */

import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import type { PastData } from '#domain/judge/replay.ts';
import type { Block } from '#domain/judge/series.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { alarm } from './peers/alarm.ts';
import { argo } from './peers/argo.ts';
import { flagger } from './peers/flagger.ts';
import { kayenta } from './peers/kayenta.ts';
import { naive } from './peers/naive.ts';

/** What a rule of a peer does on the same data. */
export interface PeerDecision {
  readonly check: string;
  readonly rule: string;
  /** Minutes after the first; absent: it does not roll back. */
  readonly afterMinutes?: number;
}

const peers = [flagger(), argo(), kayenta(), alarm(), naive()];

/** For each rate of the data: the only kind of metric that all of them know. */
export const comparePeers = (
  { checks }: Plan,
  { series }: PastData,
  fromMinute: number,
): readonly PeerDecision[] =>
  Object.entries(series).flatMap(([check, one]) => {
    if (checks[check]?.metric !== 'rate' || one.kind === 'unknown') return [];
    const minutes = withoutGaps(one.blocks, fromMinute);
    return peers.map(({ name, decide }): PeerDecision => {
      const afterMinutes = decide(minutes);
      return { check, rule: name, ...present({ afterMinutes }) };
    });
  });

/** Every minute from the first on: one of which nothing is known has no events. */
function withoutGaps(blocks: readonly Block[], fromMinute: number): readonly PairedCounts[] {
  const known = new Map(blocks.map((block) => [block.minute, block]));
  const minutes = (blocks.at(-1)?.minute ?? fromMinute - 1) - fromMinute + 1;
  return Array.from({ length: minutes }, (_, index) => {
    const { treatment, control } = known.get(fromMinute + index) ?? {};
    return { nT: treatment?.n ?? 0, xT: treatment?.x ?? 0, nC: control?.n ?? 0, xC: control?.x ?? 0 };
  });
}
