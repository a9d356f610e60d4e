/**
 * What the handlers need from the world, as interfaces. Each is honest to what AWS can do: conditional writes with one
 * winner, events at least once and in any order, no transaction across two services. Adapters speak our errors
 * (`errors.ts`), never an SDK's: any call may throw ServiceUnavailable (busy, silent, at a quota), what else it throws on
 * purpose is said here. Promises are suites in `test/adapters/*.behaviour.ts`, run on AWS's adapters and on the rehearsal's.
 */
import type { LogCode } from '#domain/log.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Refusal } from '#domain/refusals/refusals.ts';
import type { Sha256 } from '#domain/sha256.ts';
import type {
  AudienceImports,
  AudienceRemoval,
  AudienceStore,
  FeedbackStore,
  Preferences,
  Uploads,
} from './audience.ts';
import type { KeptAnswers } from './idempotency.ts';
import type { CampaignStore, Links, Mailer, MailQueue, Notifier, SendQuota, Templates } from './mail.ts';
import type { BakeStore, EvidenceReader, Exposure, Metrics } from './metrics.ts';
import type { ReleaseReader, ReleaseStore, Versions } from './releases.ts';
import type { ScriptReports, ScriptRunner, ScriptRuns, Signatures } from './scripts.ts';
import type { Alerts, Letters, ReportWriter } from './wording.ts';
import type {
  DeadLetters,
  Escalations,
  Executions,
  ReleaseMachine,
  Schedules,
  Tasks,
  WaitStore,
} from './workflow.ts';

export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}
/** One line per thing worth knowing; the codes are a catalogue. */
export interface Log {
  write(code: LogCode, fields: Readonly<Record<string, unknown>>): void;
}
export interface Ports {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly log: Log;
  readonly sha256: Sha256;
  /** In words, which may be loaded first: most calls refuse nothing. */
  readonly sayRefusal: (language: Plan['language'], refusal: Refusal) => string | Promise<string>;
  readonly releases: ReleaseStore;
  readonly reader: ReleaseReader;
  readonly versions: Versions;
  readonly waits: WaitStore;
  readonly answers: KeptAnswers;
  readonly tasks: Tasks;
  readonly machine: ReleaseMachine;
  readonly executions: Executions;
  readonly escalations: Escalations;
  readonly schedules: Schedules;
  readonly scripts: ScriptRunner;
  readonly runs: ScriptRuns;
  readonly scriptReports: ScriptReports;
  readonly signatures: Signatures;
  readonly metrics: Metrics;
  readonly bakes: BakeStore;
  readonly evidence: EvidenceReader;
  readonly exposure: Exposure;
  readonly audience: AudienceStore;
  readonly campaigns: CampaignStore;
  readonly mailQueue: MailQueue;
  readonly mailer: Mailer;
  readonly quota: SendQuota;
  readonly templates: Templates;
  readonly links: Links;
  readonly feedback: FeedbackStore;
  readonly notifier: Notifier;
  readonly alerts: Alerts;
  readonly letters: Letters;
  readonly reportWriter: ReportWriter;
  readonly deadLetters: DeadLetters;
  readonly audienceImports: AudienceImports;
  readonly audienceRemoval: AudienceRemoval;
  readonly preferences: Preferences;
  readonly uploads: Uploads;
}
