/** What users answer, added up for gates. */
import { describe, expect, it } from 'vitest';
import {
  feedbackFacts,
  isGood,
  measuredByUsers,
  problems,
  questionsAfter,
} from '#domain/audience/feedback.ts';
import type { SurveyQuestion } from '#domain/plan/plan.ts';
import { smallPlan } from '#test/support/plans.ts';

const scale: SurveyQuestion = {
  id: 'satisfaction',
  text: { fr: 'Satisfait ?', en: 'Satisfied?' },
  kind: 'scale',
  measure: 'survey.satisfaction',
  after: ['launch'],
};
const plan = smallPlan({ feedback: { questions: [scale], problems: { measure: 'feedback.problems' } } });
const atMs = Date.parse('2025-05-20T12:00:00Z');
const recorded = (measure: string, value: number, samples: number) => ({
  type: 'measure.recorded',
  measure,
  value,
  samples,
});
const facts = (tallies: Parameters<typeof feedbackFacts>[2], people: number, measures = {}, nowMs = atMs) =>
  feedbackFacts(plan, { measures }, tallies, people, nowMs);

describe('what is counted', () => {
  it('is the share of good answers, and of people with access who reported a problem', () => {
    expect(
      facts({ satisfaction: { answers: 40, good: 35 }, [problems]: { answers: 3, good: 0 } }, 200),
    ).toEqual([recorded('survey.satisfaction', 87.5, 40), recorded('feedback.problems', 1.5, 200)]);
  });

  it('is nothing where nobody answered, and no problem among people is none, not nothing', () => {
    expect(facts({}, 0)).toEqual([]);
    expect(facts({}, 200)).toEqual([recorded('feedback.problems', 0, 200)]);
  });

  it('stands for six hours, and is not repeated unchanged', () => {
    const tallies = { satisfaction: { answers: 10, good: 9 } };
    const earlier = (hours: number, value: number) => ({
      'survey.satisfaction': { value, samples: 10, at: new Date(atMs - hours * 3_600_000).toISOString() },
    });
    expect(facts(tallies, 0, earlier(5.9, 50))).toEqual([]);
    expect(facts(tallies, 0, earlier(6, 50))).toEqual([recorded('survey.satisfaction', 90, 10)]);
    expect(facts(tallies, 0, earlier(60, 90))).toEqual([]);
  });
});

it.each([
  [scale, 4, true],
  [scale, 3, false],
  [{ ...scale, goodFrom: 5 }, 4, false],
  [{ ...scale, kind: 'yes-no' }, 1, true],
  [{ ...scale, kind: 'yes-no' }, 0, false],
] as const)('whether an answer is good: of %j the answer %d is %s', (question, value, good) => {
  expect(isGood(question, value)).toBe(good);
});

it('each message asks its own questions, and what users say nobody else may report', () => {
  expect(questionsAfter(plan, 'launch')).toEqual([scale]);
  expect(questionsAfter(plan, 'emergency')).toEqual([]);
  expect(measuredByUsers(plan)).toEqual(['survey.satisfaction', 'feedback.problems']);
  expect(measuredByUsers(smallPlan())).toEqual([]);
});
