/** Causes, titles and evidence of the ledger, said in a language: with the names that the reader knows things by. */
import type { Sayings } from '#domain/coded.ts';
import type * as causes from '#domain/ledger/causes.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Quoted } from '#domain/quoted.ts';
import type { Format } from '../format.ts';
import { shown } from '../words.ts';

/** How a reader knows what a cause speaks of. Ids in, names out. */
export interface Names {
  readonly phase: (id: string) => string;
  readonly check: (id: string) => string;
  readonly role: (id: string) => string;
  readonly person: (id: string) => string;
  readonly script: (id: string) => string;
  readonly freeze: (id: string) => string;
  readonly criterion: (id: string) => string;
  /** A value in the unit of the check's objective. */
  readonly reading: (check: string, value: number) => string;
  readonly number: (value: number) => string;
  readonly moment: (instant: string) => string;
  readonly words: (words: Quoted) => string;
}

export interface CauseTexts {
  readonly blockers: Sayings<causes.Blockers>;
  readonly needs: Sayings<causes.GateNeeds>;
  readonly causes: Sayings<causes.Causes>;
  readonly blindSpots: Sayings<causes.BlindSpots>;
  readonly titles: Sayings<causes.IncidentTitles>;
  readonly tasks: Sayings<causes.TaskTitles>;
  readonly evidences: Sayings<causes.ItemEvidences>;
  readonly delays: Sayings<causes.MessageDelays>;
  readonly omissions: Sayings<causes.Omissions>;
  readonly closings: Sayings<causes.Closings>;
}

/** As a plan names things, and a format writes numbers and instants. People have the names that they signed in with. */
export function namesOf(plan: Plan, format: Format, person: (id: string) => string = (id) => id): Names {
  return {
    ...plainNames(format),
    phase: (id) => plan.phases.find((one) => one.id === id)?.name ?? id,
    check: (id) => plan.checks[id]?.name ?? id,
    role: (id) => plan.roles[id]?.name ?? id,
    person,
    script: (id) => plan.scripts[id]?.path.split('/').at(-1) ?? id,
    freeze: (id) => plan.freezes.find((one) => one.id === id)?.name ?? id,
    criterion: (id) =>
      plan.phases.flatMap(({ gate }) => gate.criteria).find((one) => one.id === id)?.text ?? id,
    reading: (check, value) => `${format.number(value)} ${plan.checks[check]?.objective.unit ?? ''}`.trim(),
  };
}

/** Of a reader who has no plan: things have their ids. */
export function plainNames(format: Pick<Format, 'number' | 'moment'>): Names {
  const itself = (id: string) => id;
  return {
    phase: itself,
    check: itself,
    role: itself,
    person: itself,
    script: itself,
    freeze: itself,
    criterion: itself,
    reading: (_check, value) => format.number(value),
    number: (value) => format.number(value),
    moment: (instant) => format.moment(instant),
    words: shown,
  };
}
