/**
 * What a phase can do, one step after another, and the states of each step. A plan's phase does the steps that it asks for;
 * a new kind of step is a row here: when it is asked for, and its states.
 */
import { comparesCohorts } from '#domain/judge/check.ts';
import type { Phase, Plan } from '#domain/plan/plan.ts';
import type { FunctionNames } from './language.ts';
import { phaseStates } from './names.ts';
import {
  awaitStart,
  type Building,
  closePhase,
  completeChecklist,
  exposeUsers,
  type NamedState,
  openPhase,
  runScripts,
} from './phase-states.ts';
import { compareCohorts, hold, observe, passGate } from './phase-verdicts.ts';

/** In the order in which a phase does them. */
export const phaseSteps = [
  'start',
  'opening',
  'scripts',
  'checklist',
  'comparison',
  'exposure',
  'observation',
  'gate',
  'hold',
  'closing',
] as const;
export type PhaseStep = (typeof phaseSteps)[number];

interface StepRule {
  /** Whether the phase does it; absent: every phase does. */
  readonly askedBy?: (plan: Plan, phase: Phase) => boolean;
  /** Only a choice leads there: it comes after no step. */
  readonly aside?: true;
  /** The first one is where the step before leads. */
  readonly states: (building: Building) => readonly NamedState[];
}

const stepRules: Readonly<Record<PhaseStep, StepRule>> = {
  start: { states: awaitStart },
  opening: { states: openPhase },
  scripts: { askedBy: (_, { scripts }) => scripts.length > 0, states: runScripts },
  checklist: { askedBy: (_, { checklists }) => checklists.length > 0, states: completeChecklist },
  comparison: { askedBy: comparesCohorts, states: compareCohorts },
  exposure: { askedBy: (_, { exposure }) => exposure !== undefined, states: exposeUsers },
  observation: { askedBy: (_, { observation }) => observation !== undefined, states: observe },
  gate: { states: passGate },
  hold: { aside: true, states: hold },
  closing: { states: closePhase },
};

/** The states of every step that the phase asks for. */
export function statesOf(plan: Plan, phase: Phase, step: FunctionNames): readonly NamedState[] {
  const name = phaseStates(phase);
  const asked = phaseSteps
    .map((kind) => stepRules[kind])
    .filter(({ askedBy }) => askedBy?.(plan, phase) ?? true);
  const built: (readonly NamedState[])[] = [];
  let next: string = name.after;
  // From the end: a step is told where the one after it begins.
  for (const { states, aside } of asked.toReversed()) {
    const entries = states({ plan, phase, name, step, next });
    if (!aside) next = entries[0]?.[0] ?? next;
    built.unshift(entries);
  }
  return built.flat();
}
