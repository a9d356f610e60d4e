/** The functions that the machines call, each named like the state that it stands behind. */
export type StepFunction =
  // Of the release.
  | 'admit-release'
  | 'choose-rollback'
  | 'await-decision'
  | 'await-agreement'
  | 'correct-phase'
  | 'call-to-failed-rollback'
  | 'finish-follow-up'
  | 'close-release'
  // Of a phase.
  | 'await-start'
  | 'open-phase'
  | 'run-script'
  | 'complete-checklist'
  | 'compare-cohorts'
  | 'expose-users'
  | 'observe'
  | 'diagnose-silence'
  | 'pass-gate'
  | 'hold-phase'
  | 'close-phase'
  // Of a rollback.
  | 'send-message'
  | 'switch-component'
  | 'open-task'
  // Of an escalation.
  | 'call-level'
  | 'record-unanswered';
