/**
 * One phase of the plan as ASL: a try block that opens the phase, runs its scripts, waits for its people, exposes its
 * users, observes them, passes the gate and closes. Its answer is `{ outcome, reason }`; the release machine decides
 * where that leads (`release.ts`). An outcome is data; only faults reach the block's Catch.
 */
import type { Phase, Plan } from '#domain/plan/plan.ts';
import { faultOf } from './causes.ts';
import { attempt, type FunctionNames, jsonata, literal, type Parallel, states } from './language.ts';
import { phaseStates, releaseStates } from './names.ts';
import { attemptOf } from './phase-states.ts';
import { statesOf } from './phase-steps.ts';

export function phaseBlock(plan: Plan, phase: Phase, step: FunctionNames): Parallel {
  const name = phaseStates(phase);
  return attempt({
    comment: `Section ${phase.section} of the plan`,
    branch: { StartAt: name.start, States: states(...statesOf(plan, phase, step)) },
    assign: {
      current: phase.id,
      outcome: jsonata('$states.result[0].outcome'),
      reason: jsonata('$states.result[0].reason'),
      attempts: nextAttempt(phase),
    },
    next: name.after,
    catches: [
      {
        ErrorEquals: ['States.ALL'],
        Assign: {
          current: phase.id,
          outcome: 'roll-back',
          reason: { cause: { code: 'fault', params: faultOf() } },
          attempts: nextAttempt(phase),
        },
        Next: releaseStates.chooseRollback,
      },
    ],
  });
}

/** The attempt that the next entry of the phase will be: attempts are part of every token, schedule and mail. */
const nextAttempt = (phase: Phase) =>
  jsonata(`$merge([$attempts, { ${literal(phase.id)}: ${attemptOf(phase)} + 1 }])`);
