/**
 * Every function there is, by name: what AWS deploys, what a state machine may call, what a rehearsal runs.
 */
import { abortRelease } from './api/abort-release.ts';
import { acknowledgeIncident } from './api/acknowledge-incident.ts';
import { closeTask } from './api/close-task.ts';
import { condemnVersion } from './api/condemn-version.ts';
import { decideFailure } from './api/decide-failure.ts';
import { decideGate } from './api/decide-gate.ts';
import { erasePerson } from './api/erase-person.ts';
import { moveLaunchDay } from './api/move-launch-day.ts';
import { openIncident } from './api/open-incident.ts';
import { orderPhase } from './api/order-phase.ts';
import { overrideCriterion } from './api/override-criterion.ts';
import { overrideFreeze } from './api/override-freeze.ts';
import { pauseRelease } from './api/pause-release.ts';
import { recordMeasure } from './api/record-measure.ts';
import { replaceCandidate } from './api/replace-candidate.ts';
import { reportCorrection } from './api/report-correction.ts';
import { resumePhase } from './api/resume-phase.ts';
import { startRelease } from './api/start-release.ts';
import { tickItem } from './api/tick-item.ts';
import { untickItem } from './api/untick-item.ts';
import { waiveItem } from './api/waive-item.ts';
import { withdrawAccess } from './api/withdraw-access.ts';
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
import { admitRelease } from './steps/admit-release.ts';
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

/** Called by API Gateway; behind each are several of `commands` or reads. */
export const apis = {
  'access-api': accessApi,
  'audience-api': audienceApi,
  'phase-api': phaseApi,
  'read-api': readApi,
  'release-api': releaseApi,
} as const;

/** Called by people, through `release-api`, `phase-api`, `access-api` and `audience-api`. */
export const commands = {
  'abort-release': abortRelease,
  'acknowledge-incident': acknowledgeIncident,
  'close-task': closeTask,
  'condemn-version': condemnVersion,
  'decide-failure': decideFailure,
  'decide-gate': decideGate,
  'erase-person': erasePerson,
  'move-launch-day': moveLaunchDay,
  'open-incident': openIncident,
  'order-phase': orderPhase,
  'override-criterion': overrideCriterion,
  'override-freeze': overrideFreeze,
  'pause-release': pauseRelease,
  'record-measure': recordMeasure,
  'replace-candidate': replaceCandidate,
  'report-correction': reportCorrection,
  'resume-phase': resumePhase,
  'start-release': startRelease,
  'tick-item': tickItem,
  'untick-item': untickItem,
  'waive-item': waiveItem,
  'withdraw-access': withdrawAccess,
} as const;
