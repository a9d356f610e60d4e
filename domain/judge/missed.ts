/**
 * The looks that were missed. While a source is away nobody can look at its minutes; once it answers they are judged as they
 * would have been, a tick's minutes each, in their order: three hours are not one reading, and evidence that has faded
 * since was evidence when it was there.
 */
import type { Check } from '../plan/plan.ts';
import type { Reading } from './check.ts';
import { type Judgement, judge, type Memories, type Situation } from './judge.ts';
import type { Block, Series } from './series.ts';

export interface Answer {
  readonly series: Series;
  /** Minutes since 1970: those before it were asked for. */
  readonly endMinute: number;
}
type Answers = Readonly<Record<string, Answer>>;

/** As `judge`, of checks whose minutes may be of more than one look. Throws RangeError for a check that the plan does not define. */
export function judgeWithMissed(
  before: Memories,
  ids: readonly string[],
  checks: Readonly<Record<string, Check>>,
  answers: Answers,
  situation: Situation,
  tickMinutes: number,
): ReturnType<typeof judge> {
  const missed = new Map(
    ids.map((id) => [id, missedIn(answers[id], nextOf(before, id, situation), situation, tickMinutes)]),
  );
  const found: Record<string, { readonly readings: Reading[]; readonly fresh: Block[] }> = {};
  let memories = before;
  for (const nowMinute of [...new Set([...missed.values()].flat())].toSorted((a, b) => a - b)) {
    const due = ids.filter((id) => missed.get(id)?.includes(nowMinute));
    const looked = judge(memories, ids, checks, seriesBefore(nowMinute, due, answers), {
      ...situation,
      nowMinute,
    });
    for (const id of due) {
      const { reading, fresh } = looked.judgements[id] as Judgement;
      found[id] ??= { readings: [], fresh: [] };
      found[id].fresh.push(...fresh);
      const next = nextOf(memories, id, situation);
      if (fresh.some(({ minute }) => minute >= next)) found[id].readings.push(reading);
    }
    ({ memories } = looked);
  }
  const last = judge(memories, ids, checks, seriesNow(answers, situation), situation);
  return { ...last, judgements: { ...last.judgements, ...withFound(last.judgements, found) } };
}

/** The first minute of which nothing was judged. */
const nextOf = (memories: Memories, id: string, { fromMinute }: Situation): number =>
  (memories[id]?.newest ?? fromMinute - 1) + 1;

/**
 * When the missed looks would have been. At least a tick's minutes are left for the look itself; one that cannot reach the
 * newest minutes leaves what is less than a tick to the next one.
 */
function missedIn(
  answer: Answer | undefined,
  next: number,
  { nowMinute }: Situation,
  tickMinutes: number,
): readonly number[] {
  if (answer?.series.kind !== 'blocks') return [];
  const { series, endMinute } = answer;
  const last = endMinute < nowMinute ? endMinute : (series.blocks.at(-1)?.minute ?? -1) + 1 - tickMinutes;
  const looks: number[] = [];
  for (let at = next + tickMinutes; at <= last; at += tickMinutes) looks.push(at);
  return looks;
}

const seriesBefore = (
  nowMinute: number,
  ids: readonly string[],
  answers: Answers,
): Readonly<Record<string, Series>> =>
  Object.fromEntries(
    ids.flatMap((id) => {
      const series = answers[id]?.series;
      return series?.kind === 'blocks'
        ? [[id, { ...series, blocks: series.blocks.filter(({ minute }) => minute < nowMinute) }]]
        : [];
    }),
  );

/** Of a check whose newest minutes have not been asked for, nothing can be said yet. */
const seriesNow = (answers: Answers, { nowMinute }: Situation): Readonly<Record<string, Series>> =>
  Object.fromEntries(
    Object.entries(answers).map(([id, { series, endMinute }]) => [
      id,
      series.kind === 'unknown' || endMinute >= nowMinute ? series : behind(nowMinute - endMinute),
    ]),
  );

const behind = (minutes: number): Series => ({
  kind: 'unknown',
  fault: { code: 'behind', params: { minutes } },
});

const withFound = (
  judgements: Readonly<Record<string, Judgement>>,
  found: Readonly<
    Record<string, { readonly readings: readonly Reading[]; readonly fresh: readonly Block[] }>
  >,
): Readonly<Record<string, Judgement>> =>
  Object.fromEntries(
    Object.entries(found).flatMap(([id, { readings, fresh }]) => {
      const judgement = judgements[id];
      return judgement
        ? [[id, { ...judgement, missed: readings, fresh: [...fresh, ...judgement.fresh] }]]
        : [];
    }),
  );
