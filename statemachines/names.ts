/** What the states are called: sentences and questions a release manager reads in the console's graph. */
import type { Phase, RollbackLevel, RollbackStep } from '#domain/plan/plan.ts';

export const phaseStates = (phase: Phase) =>
  ({
    phase: phase.name,
    start: `Await the start of ${phase.name}`,
    begun: `Does ${phase.name} begin?`,
    open: `Open ${phase.name}`,
    run: (script: string) => `Run ${script} in ${phase.name}`,
    needed: (script: string) => `Is ${script} due in ${phase.name}?`,
    passed: (script: string) => `${script} passed in ${phase.name}?`,
    checklist: `Complete checklist of ${phase.name}`,
    completed: `Is the checklist of ${phase.name} complete?`,
    compare: `Compare cohorts of ${phase.name}`,
    compared: `Are the cohorts of ${phase.name} alike?`,
    expose: `Expose users in ${phase.name}`,
    exposed: `Do users have access in ${phase.name}?`,
    observe: `Observe ${phase.name}`,
    observed: `Is ${phase.name} healthy?`,
    diagnose: `Diagnose the silence in ${phase.name}`,
    diagnosed: `Observe ${phase.name} again?`,
    gate: `Pass gate of ${phase.name}`,
    decided: `Which way out of ${phase.name}?`,
    hold: `Hold ${phase.name}`,
    held: `How does ${phase.name} go on?`,
    close: `Close ${phase.name}`,
    after: `What follows ${phase.name}?`,
    correct: `Correct ${phase.name}`,
  }) as const;

export const rollbackStates = (level: RollbackLevel) =>
  ({
    level: level.name,
    step: (step: RollbackStep) => `${level.name}: ${step.id}`,
    passed: (step: RollbackStep) => `${level.name}: ${step.id} done?`,
    notice: `${level.name}: inform those who were told`,
  }) as const;

export const releaseStates = {
  admit: 'Admit release',
  chooseRollback: 'Choose rollback level',
  whichRollback: 'Which rollback level?',
  withdraw: 'Withdraw access',
  withdrawn: 'What comes after access is withdrawn?',
  switchOff: 'Switch the component off',
  agreement: 'Await agreement',
  agreed: 'Do two people agree?',
  decision: 'Await a decision',
  decided: 'What was decided?',
  afterRollback: 'Where is it corrected?',
  resume: 'Which phase is resumed?',
  followUp: 'Finish follow-up',
  closeCompleted: 'Close release',
  closeRolledBack: 'Close release as rolled back',
  closeAbandoned: 'Close release as abandoned',
  alarm: 'Call people to a failed rollback',
  undecided: 'Call people: nobody decided',
  closeUnsafe: 'Close release as rollback failed',
  completed: 'Release completed',
  rolledBack: 'Release rolled back',
  abandoned: 'Release abandoned',
  unsafe: 'Rollback failed',
  refused: 'Release refused',
} as const;
