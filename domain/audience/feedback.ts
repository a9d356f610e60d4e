/** What users answer and report, and what that adds up to. Pure. */
import type { Fact } from '../ledger/facts.ts';
import type { Release } from '../ledger/records.ts';
import type { Plan, SurveyQuestion } from '../plan/plan.ts';
import { hourMs } from '../time.ts';

/** Of one question: how many people have answered, and how many of them well. */
export interface FeedbackTally {
  readonly answers: number;
  readonly good: number;
}
export type FeedbackTallies = Readonly<Record<string, FeedbackTally>>;

/** People who report a problem are counted like an answer, under a name that no question can have. */
export const problems = 'problem!';

/** So often one person's answer to one question may be given; what comes after is not taken. */
export const changesMax = 20;

/** The values that an answer can have, lowest first. */
export const answersTo = ({ kind }: SurveyQuestion): readonly number[] =>
  kind === 'scale' ? [1, 2, 3, 4, 5] : [0, 1];

export const isGood = ({ kind, goodFrom = 4 }: SurveyQuestion, value: number): boolean =>
  kind === 'scale' ? value >= goodFrom : value === 1;

/** The questions that a message's readers are asked. */
export const questionsAfter = ({ feedback }: Plan, message: string): readonly SurveyQuestion[] =>
  feedback?.questions.filter(({ after }) => after.includes(message)) ?? [];

/** Measures that come of answers: nobody may report them otherwise. */
export const measuredByUsers = ({ feedback }: Plan): readonly string[] => [
  ...(feedback?.questions.map(({ measure }) => measure) ?? []),
  ...(feedback?.problems === undefined ? [] : [feedback.problems.measure]),
];

/** So long a count stands before the next is written into the ledger: what gates decide by is there, and the ledger stays short. */
const countedEveryMs = 6 * hourMs;

/** What has changed since it was counted last; `people` have access. */
export function feedbackFacts(
  { feedback }: Plan,
  { measures }: Pick<Release, 'measures'>,
  tallies: FeedbackTallies,
  people: number,
  nowMs: number,
): readonly Fact[] {
  const counted = [
    ...(feedback?.questions.map(({ id, measure }) => ({
      measure,
      of: tallies[id]?.answers ?? 0,
      part: tallies[id]?.good ?? 0,
    })) ?? []),
    ...(feedback?.problems
      ? [{ measure: feedback.problems.measure, of: people, part: tallies[problems]?.answers ?? 0 }]
      : []),
  ];
  return counted.flatMap(({ measure, of, part }): readonly Fact[] => {
    if (of === 0) return [];
    const value = Math.round((1000 * part) / of) / 10;
    const before = measures[measure];
    const fresh = before !== undefined && nowMs < Date.parse(before.at) + countedEveryMs;
    if (fresh || (before?.value === value && before.samples === of)) return [];
    return [{ type: 'measure.recorded', measure, value, samples: of }];
  });
}
