/**
 * Every function there is, by name: what AWS deploys, what a state machine may call, what a rehearsal runs.
 */
import { alarm } from './events/alarm.ts';
import { dateReached } from './events/date-reached.ts';
import { executionStatus } from './events/execution-status.ts';
import { importAudience } from './events/import-audience.ts';
import { mailEvent } from './events/mail-event.ts';
import { mailJob } from './events/mail-job.ts';
import { reconcile } from './events/reconcile.ts';
import { redrive } from './events/redrive.ts';
import { scriptCallback } from './events/script-callback.ts';
import { scriptStatus } from './events/script-status.ts';
import { sweepAudience } from './events/sweep-audience.ts';
import { tick } from './events/tick.ts';
import { accessApi } from './http/access-api.ts';
import { audienceApi } from './http/audience-api.ts';
import { phaseApi } from './http/phase-api.ts';
import { readApi } from './http/read-api.ts';
import { releaseApi } from './http/release-api.ts';
import { publicPages } from './pages/public-pages.ts';
import { type ApiName, isCommand, operationNames } from './runtime/operations.ts';
import type { Permitted } from './runtime/permission.ts';
import { admitRelease } from './steps/admit-release.ts';
import { awaitAgreement } from './steps/await-agreement.ts';
import { awaitDecision } from './steps/await-decision.ts';
import { awaitStart } from './steps/await-start.ts';
import { callLevel } from './steps/call-level.ts';
import { callToFailedRollback } from './steps/call-to-failed-rollback.ts';
import { chooseRollback } from './steps/choose-rollback.ts';
import { closePhase } from './steps/close-phase.ts';
import { closeRelease } from './steps/close-release.ts';
import { compareCohorts } from './steps/compare-cohorts.ts';
import { completeChecklist } from './steps/complete-checklist.ts';
import { correctPhase } from './steps/correct-phase.ts';
import { diagnoseSilence } from './steps/diagnose-silence.ts';
import { exposeUsers } from './steps/expose-users.ts';
import { finishFollowUp } from './steps/finish-follow-up.ts';
import { holdPhase } from './steps/hold-phase.ts';
import { observe } from './steps/observe.ts';
import { openPhase } from './steps/open-phase.ts';
import { openTask } from './steps/open-task.ts';
import { passGate } from './steps/pass-gate.ts';
import { recordUnanswered } from './steps/record-unanswered.ts';
import { runScript } from './steps/run-script.ts';
import { sendMessage } from './steps/send-message.ts';
import { switchComponent } from './steps/switch-component.ts';

/** Called by the state machines; each is named like its state. */
export const steps = {
  'admit-release': admitRelease,
  'await-agreement': awaitAgreement,
  'await-decision': awaitDecision,
  'await-start': awaitStart,
  'call-level': callLevel,
  'call-to-failed-rollback': callToFailedRollback,
  'choose-rollback': chooseRollback,
  'close-phase': closePhase,
  'close-release': closeRelease,
  'compare-cohorts': compareCohorts,
  'complete-checklist': completeChecklist,
  'correct-phase': correctPhase,
  'diagnose-silence': diagnoseSilence,
  'expose-users': exposeUsers,
  'finish-follow-up': finishFollowUp,
  'hold-phase': holdPhase,
  observe: observe,
  'open-phase': openPhase,
  'open-task': openTask,
  'pass-gate': passGate,
  'record-unanswered': recordUnanswered,
  'run-script': runScript,
  'send-message': sendMessage,
  'switch-component': switchComponent,
} as const;

/** Called by EventBridge and Scheduler, which wait for no answer. */
export const events = {
  alarm: alarm,
  'date-reached': dateReached,
  'execution-status': executionStatus,
  reconcile: reconcile,
  'script-status': scriptStatus,
  'sweep-audience': sweepAudience,
  tick: tick,
} as const;

/** Called with batches of a queue, which delivers again what they give back. */
export const workers = {
  'mail-event': mailEvent,
  'mail-job': mailJob,
} as const;

/** Called with files that were uploaded, one at a time, through a queue too; a file may take all the time that there is. */
export const importers = { 'import-audience': importAudience } as const;

/** Called by an operator, by hand. */
export const tools = { redrive: redrive } as const;

/** Called by pipelines outside AWS, over HTTP, where a stage runs its scripts so. */
export const callbacks = { 'script-callback': scriptCallback } as const;

/** Called by API Gateway for users of the product, who have a link and no account. */
export const pages = { 'public-pages': publicPages } as const;

/** Called by API Gateway; behind each are several of `handlers`. */
export const apis = {
  'access-api': accessApi,
  'audience-api': audienceApi,
  'phase-api': phaseApi,
  'read-api': readApi,
  'release-api': releaseApi,
} as const satisfies { readonly [A in ApiName]: { readonly name: string } };

/** What answers each operation of the API: what people do, and what they read. */
export const handlers = {
  ...accessApi.handlers,
  ...audienceApi.handlers,
  ...phaseApi.handlers,
  ...readApi.handlers,
  ...releaseApi.handlers,
} as const satisfies Readonly<Record<(typeof operationNames)[number], Permitted>>;

/** Called by people, through the APIs. */
export const commands: Readonly<Record<string, Permitted>> = Object.fromEntries(
  operationNames.filter(isCommand).map((name) => [name, handlers[name]]),
);
