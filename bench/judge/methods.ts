/** The rules that are held against each other: ours, as the plan's defaults have them, and those of other tools. */
import { alarm } from '#cli/judge/peers/alarm.ts';
import { argo } from '#cli/judge/peers/argo.ts';
import { flagger } from '#cli/judge/peers/flagger.ts';
import { kayenta } from '#cli/judge/peers/kayenta.ts';
import { naive } from '#cli/judge/peers/naive.ts';
import type { Peer } from '#cli/judge/peers/peer.ts';
import { sliding } from '#cli/judge/peers/sliding.ts';
import type { SequentialTest } from '#domain/judge/e-process.ts';
import type { PairedCounts } from '#domain/judge/paired-counts.ts';
import { rateRatio } from '#domain/judge/rate-ratio.ts';
import type { Minute } from './traffic.ts';

export const alpha = 0.01;
const hours = 48;

export interface Method {
  readonly name: string;
  /** The minute at whose end the release is rolled back, 1-based; nothing: never. */
  decide(minutes: readonly Minute[]): number | undefined;
}

/** The first minute at which the evidence is enough. */
export function firstProof<S>(
  test: SequentialTest<S>,
  blocks: readonly PairedCounts[],
  level = alpha,
): number | undefined {
  const state = test.start();
  const needed = -Math.log(level);
  for (const [minute, block] of blocks.entries()) {
    test.add(state, minute, block);
    if (test.logPeak(state) >= needed) return minute + 1;
  }
  return undefined;
}

const tolerant = rateRatio({ ratioMax: 1.1, hours });
const strict = rateRatio({ ratioMax: 1, hours });

export const ours: Method = {
  name: 'Jalon, ratio <= 1.1',
  decide: (minutes) => firstProof(tolerant, minutes),
};
const oursStrict: Method = {
  name: 'Jalon, ratio <= 1',
  decide: (minutes) => firstProof(strict, minutes),
};

const peer = ({ name, decide }: Peer): Method => ({ name, decide });
/** Kayenta asks for a baseline of the canary's size. */
const kayentaHourly = kayenta();

export const methods: readonly Method[] = [
  ours,
  oursStrict,
  peer(flagger()),
  peer(flagger({ noData: 'ignored' })),
  peer(argo({ successShareMin: 0.99 })),
  peer(argo()),
  peer(alarm()),
  {
    name: `${kayentaHourly.name}, equal baseline`,
    decide: (minutes) =>
      kayentaHourly.decide(
        minutes.map(({ nT, xT, baseline }) => ({ nT, xT, nC: baseline.n, xC: baseline.x })),
      ),
  },
  peer(naive()),
];

/**
 * The rules of others with the thresholds that an oracle would give them: those at which they roll back one healthy version in
 * a hundred at this traffic, or two (the note's table 2.5, which rounds them). Nobody knows them beforehand.
 */
export const tuned: Readonly<Record<100 | 1000, readonly Method[]>> = {
  // Above a third: one error among three requests is no failed check.
  100: tunedTo({ flagger: 0.334, argo: 0.077, windows: 0.048, hour: 0.028 }),
  1000: tunedTo({ flagger: 0.06, argo: 0.02, windows: 0.0145, hour: 0.011 }),
};

function tunedTo(bad: Readonly<Record<'flagger' | 'argo' | 'windows' | 'hour', number>>): readonly Method[] {
  const windows = { periodMinutes: 5, datapointsToAlarm: 3, evaluationPeriods: 3, badShareMax: bad.windows };
  return [
    peer(flagger({ successShareMin: 1 - bad.flagger, noData: 'ignored' })),
    peer(argo({ successShareMin: 1 - bad.argo })),
    peer(alarm(windows)),
    peer(sliding({ badShareMax: bad.hour })),
  ];
}
