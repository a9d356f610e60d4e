/** The product's users: who they are, which cohort they are in, and how they take to what they get. */

import { countIn } from '#domain/audience/audience-size.ts';
import type { Imported } from '#domain/audience/person.ts';
import { MemoryAudience } from './audience.ts';
import type { Chance } from './chance.ts';

/** How users behave when everything is well. Shares are between 0 and 1. */
export interface Behaviour {
  /** Answers "satisfied". */
  readonly satisfied: number;
  /** Uses the new version 30 days after getting access. */
  readonly adoptedAfter30Days: number;
  readonly answersSurvey: number;
  /** Reports a problem. */
  readonly reportsProblem: number;
  readonly ticketsPerMonth: number;
  /** Mail to them bounces. */
  readonly bounces: number;
}
export const contentUsers: Behaviour = {
  satisfied: 0.93,
  adoptedAfter30Days: 0.78,
  answersSurvey: 0.5,
  reportsProblem: 0.02,
  ticketsPerMonth: 0.2,
  bounces: 0.004,
};

/** Pilots of section 4.1: 2-3 administrators and 10-15 standard users. */
const pilotsMax = 15;

export function userAt(index: number): Imported {
  const userId = `u${String(index + 1).padStart(7, '0')}`;
  return { userId, address: `${userId}@users.example` };
}

export class Population extends MemoryAudience {
  readonly pilots: number;

  constructor(product: string, count: number) {
    super(
      product,
      Array.from({ length: count }, (_, index): Imported => {
        const member = userAt(index);
        return index < pilotsMax ? { ...member, segments: ['pilots'] } : member;
      }),
    );
    this.pilots = Math.min(count, pilotsMax);
  }

  /** How many have access at a percentage. */
  exposed(percent: number): number {
    return countIn(this.tally, { exposed: percent });
  }
}

export interface Feedback {
  readonly measure: string;
  readonly value: number;
  readonly samples: number;
}

const percent = (part: number, whole: number) => Math.round((1000 * part) / Math.max(1, whole)) / 10;

/** What the support team can count on a day, so many days after launch (negative before it). */
export function feedbackOf(
  chance: Chance,
  behaviour: Behaviour,
  crowd: { readonly pilots: number; readonly exposed: number; readonly daysExposed: number },
): readonly Feedback[] {
  const survey = (measure: string, people: number, share: number): Feedback => {
    const answers = chance.binomial(people, share);
    return {
      measure,
      value: percent(chance.binomial(answers, behaviour.satisfied), answers),
      samples: answers,
    };
  };
  const pilots = [
    survey('survey.satisfaction.pilots', crowd.pilots, 0.9),
    { measure: 'bugs.critical', value: 0, samples: 1 },
    { measure: 'monitoring.up', value: 1, samples: 1 },
    { measure: 'backup.restore', value: 1, samples: 1 },
  ];
  if (crowd.exposed === 0) return pilots;
  // Most of those who take it up do so in the first days.
  const reached = (1 - Math.exp(-crowd.daysExposed / 8)) / (1 - Math.exp(-30 / 8));
  const adoption = percent(
    chance.binomial(crowd.exposed, Math.min(1, behaviour.adoptedAfter30Days * reached)),
    crowd.exposed,
  );
  const samples = crowd.exposed;
  return [
    ...pilots,
    survey('survey.satisfaction', crowd.exposed, behaviour.answersSurvey),
    { measure: 'analytics.adoption', value: adoption, samples },
    { measure: 'analytics.adoption.progress', value: adoption, samples },
    {
      measure: 'feedback.reported-problems',
      value: percent(chance.binomial(crowd.exposed, behaviour.reportsProblem), crowd.exposed),
      samples,
    },
    {
      measure: 'tickets.per-user-month',
      value: Math.round(100 * behaviour.ticketsPerMonth * chance.between(0.9, 1.1)) / 100,
      samples,
    },
  ];
}
