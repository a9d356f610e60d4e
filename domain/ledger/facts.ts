/**
 * Everything that can happen to a release. A fact is past tense and small: ids, percentages, verdicts. The ledger is the
 * list of them; the release (`release.ts`) is what they add up to.
 */
import type { GateOutcome, RollbackLevelName, Severity } from '../plan/plan.ts';
import type { Quoted } from '../quoted.ts';
import type {
  BlindSpot,
  Blocker,
  Cause,
  Closing,
  GateNeed,
  IncidentTitle,
  ItemEvidence,
  MessageDelay,
  Omission,
  TaskTitle,
} from './causes.ts';
import type { Irrevocable, ReleaseOutcome, RollbackCourse } from './outcomes.ts';

/** Healthy, unhealthy, inconclusive (too little to tell), unknown (no data). Never a boolean. */
export type Verdict = 'healthy' | 'unhealthy' | 'inconclusive' | 'unknown';

/** Why a phase was left, and what tells a rollback how far it must go. Empty when it was promoted. */
export interface Reason {
  readonly cause?: Cause;
  readonly severity?: Severity;
  /** The rollback level that a person asked for; otherwise the severity names it. */
  readonly level?: RollbackLevelName;
  readonly component?: string;
}

/** The value of a criterion when the gate looked. `value` is in the unit of the check's objective. */
export interface CriterionReading {
  readonly criterion: string;
  readonly verdict: Verdict;
  readonly value?: number;
}

interface InPhase {
  readonly phase: string;
  readonly attempt: number;
}
type Of<T extends string, D> = { readonly type: T } & D;

/** What a person may make a phase do while it is under way (`domain/rules/interventions.ts`). */
export const orders = ['skip-wait', 'promote', 'hold', 'correct', 'roll-back'] as const;
export type Order = (typeof orders)[number];

/** What a person answers to a hold (`domain/rules/holds.ts` says which of them is possible). */
export const phaseResolutions = ['gate', 'observe', 'expose', 'correct'] as const;
export type PhaseResolution = (typeof phaseResolutions)[number];
export type MessageStatus = 'planned' | 'held' | 'sending' | 'sent' | 'skipped' | 'cancelled';

/** What came of a campaign. */
interface CampaignEnd {
  readonly message: string;
  readonly campaign: string;
  readonly sent: number;
  readonly failed: number;
  /** Not written to: they want no announcements, or are no users any more. */
  readonly declined: number;
}

export type Fact =
  | Of<
      'release.admitted',
      {
        readonly product: string;
        readonly version: string;
        readonly launchDay: string;
        readonly startedBy: string;
        readonly executionArn: string;
        readonly planRevision: string;
        /** Of the facts of this ledger (`ledgerFormat`). */
        readonly format: number;
      }
    >
  | Of<'release.paused', { readonly reason: Quoted }>
  | Of<'release.unpaused', { readonly reason: Quoted }>
  /** The version turned out to be bad: nothing of it goes further, and no release of it starts again. */
  | Of<'version.marked-bad', { readonly version: string; readonly reason: Quoted }>
  | Of<'candidate.replaced', { readonly from: string; readonly to: string; readonly reason: Quoted }>
  /** A freeze window does not count for this release until it ends. */
  | Of<'freeze.overridden', { readonly freeze: string; readonly until: string; readonly reason: Quoted }>
  | Of<'launch.moved', { readonly from: string; readonly to: string; readonly reason: Quoted }>
  /** While a rollback that failed, or stands still, is left undone: a second person must ask as well. */
  | Of<'release.abort-asked', { readonly by: string; readonly reason: Quoted }>
  | Of<'release.closed', { readonly outcome: ReleaseOutcome; readonly reason: Closing }>
  | Of<'phase.opened', InPhase>
  | Of<
      'phase.held',
      InPhase & {
        readonly from: 'gate' | 'observation' | 'exposure';
        /** What kept the phase from giving access; it goes on by itself when nothing does any more. */
        readonly because?: Blocker;
      }
    >
  /** Nothing keeps the phase from giving access any more; `blocker`: what held it. */
  | Of<'phase.unblocked', InPhase & { readonly blocker: Blocker }>
  | Of<'phase.resumed', InPhase & { readonly resolution: PhaseResolution; readonly comment: Quoted }>
  | Of<'phase.closed', InPhase & { readonly outcome: GateOutcome; readonly reason: Reason }>
  | Of<'phase.late', InPhase & { readonly open: number }>
  | Of<
      'phase.ordered',
      InPhase & {
        readonly order: Order;
        readonly level?: RollbackLevelName;
        readonly component?: string;
        readonly by: string;
        readonly reason: Quoted;
      }
    >
  | Of<'phase.corrected', InPhase & { readonly comment: Quoted }>
  /** Recorded before the runner is asked. Without `script.started` after it, it may run all the same, under its marker. */
  | Of<
      'script.starting',
      InPhase & {
        readonly script: string;
        /** What tells it from other runs of the phase's attempt (`runNameOf`). */
        readonly run: string;
      }
    >
  | Of<
      'script.started',
      InPhase & {
        readonly script: string;
        readonly command: string;
        /** The phase is one that gives users access: from here on there is something to undo. */
        readonly installs: boolean;
      }
    >
  | Of<
      'script.finished',
      InPhase & {
        readonly script: string;
        readonly command: string;
        readonly status: 'succeeded' | 'failed';
        readonly exitCode: number;
        readonly summary: Quoted;
      }
    >
  | Of<
      'item.ticked',
      InPhase & {
        readonly item: string;
        readonly by: string;
        readonly system: boolean;
        readonly evidence: ItemEvidence;
      }
    >
  | Of<'item.unticked', InPhase & { readonly item: string; readonly by: string; readonly reason: Quoted }>
  | Of<'item.waived', InPhase & { readonly item: string; readonly by: string; readonly reason: Quoted }>
  /** Recorded before it is switched: from here on users may have either. */
  | Of<'exposure.changing', InPhase & { readonly from: number; readonly to: number }>
  | Of<'exposure.changed', InPhase & { readonly from: number; readonly to: number }>
  /** After the end of a release that left users with access. */
  | Of<'access.withdrawn', { readonly from: number; readonly reason: Quoted }>
  | Of<'observation.started', InPhase & { readonly hours: number }>
  | Of<
      'observation.breached',
      InPhase & {
        readonly check: string;
        /** In the unit of the objective; of the users with the new version, and of the others. */
        readonly value?: number;
        readonly control?: number;
        readonly reset: boolean;
        readonly blame: Blame;
      }
    >
  | Of<'observation.recovered', InPhase & { readonly check: string }>
  | Of<'observation.foreseen', InPhase & { readonly sights: readonly DetectableEffect[] }>
  /** While both still run the old version; `checks`: those that differ, or all that were compared. */
  | Of<'cohorts.compared', InPhase & { readonly verdict: Verdict; readonly checks: readonly string[] }>
  | Of<'observation.frozen', InPhase & { readonly blind: BlindSpot }>
  | Of<'observation.unfrozen', InPhase & { readonly minutes: number }>
  | Of<
      'observation.concluded',
      InPhase & { readonly verdict: Verdict; readonly reason: Reason; readonly healthyMinutes: number }
    >
  | Of<'gate.opened', InPhase>
  | Of<'gate.approved', InPhase & { readonly role: string; readonly by: string; readonly comment: Quoted }>
  | Of<'gate.rejected', InPhase & { readonly role: string; readonly by: string; readonly comment: Quoted }>
  /** One person asks that a criterion shall not count, another one grants it. */
  | Of<
      'gate.override-asked',
      InPhase & { readonly criterion: string; readonly by: string; readonly comment: Quoted }
    >
  | Of<
      'gate.overridden',
      InPhase & { readonly criterion: string; readonly by: string; readonly comment: Quoted }
    >
  /** Who has not answered was asked again, half of the time before it is too late. */
  | Of<'gate.reminded', InPhase>
  | Of<'gate.late', InPhase & { readonly waitsFor: GateNeed }>
  | Of<
      'gate.decided',
      InPhase & {
        readonly outcome: GateOutcome;
        readonly readings: readonly CriterionReading[];
        readonly reason: Reason;
        /** Version of the rules that decided (`gateRules`). */
        readonly rules?: number;
        /** Criteria that two people had said need not hold. */
        readonly overridden?: readonly string[];
      }
    >
  | Of<
      'rollback.chosen',
      InPhase & {
        readonly level: RollbackCourse;
        readonly component: string;
        readonly reason: Reason;
      }
    >
  /** Somebody more wants what cannot be undone. */
  | Of<
      'rollback.agreed',
      InPhase & { readonly level: Irrevocable; readonly by: string; readonly comment: Quoted }
    >
  | Of<
      'rollback.declined',
      InPhase & { readonly level: Irrevocable; readonly by: string; readonly comment: Quoted }
    >
  /** `error` as Step Functions names it. */
  | Of<'rollback.failed', InPhase & { readonly error: string }>
  | Of<'component.switched', { readonly component: string; readonly state: ComponentState }>
  | Of<
      'message.planned',
      {
        readonly message: string;
        readonly dueAt: string;
        readonly epoch: number;
        /** Of a message that an event causes: what it is sent as, whether at once or when it is due. */
        readonly campaign?: string;
      }
    >
  | Of<'message.replanned', { readonly message: string; readonly dueAt: string; readonly epoch: number }>
  | Of<'message.held', { readonly message: string; readonly reason: MessageDelay }>
  | Of<'message.sending', { readonly message: string; readonly campaign: string }>
  | Of<'message.sent', CampaignEnd>
  /** Of mails that were taken for not sent it was heard later that they were. */
  | Of<'message.recounted', CampaignEnd>
  | Of<'message.skipped', { readonly message: string; readonly reason: Omission }>
  | Of<'message.cancelled', { readonly message: string; readonly reason: Omission }>
  | Of<'report.planned', { readonly report: string; readonly dueAt: string; readonly epoch: number }>
  /** Recorded before anybody is told. `again`: who began before has died, and may have told some or all. */
  | Of<'report.sending', { readonly report: string; readonly dueAt: string; readonly again?: true }>
  /** `told`: the roles that it reached. */
  | Of<'report.sent', { readonly report: string; readonly dueAt: string; readonly told: readonly string[] }>
  | Of<'report.skipped', { readonly report: string; readonly dueAt: string; readonly reason: Omission }>
  | Of<'report.cancelled', { readonly report: string; readonly reason: Omission }>
  | Of<
      'incident.opened',
      InPhase & {
        readonly incident: string;
        readonly severity: Severity;
        readonly title: IncidentTitle;
        /** Who reported it; absent: the system did. */
        readonly by?: string;
        /** Another incident of the same person, for which people are called already. */
        readonly groupedWith?: string;
      }
    >
  | Of<'incident.called', { readonly incident: string; readonly level: number; readonly role: string }>
  | Of<'incident.acknowledged', { readonly incident: string; readonly by: string }>
  | Of<'incident.unanswered', { readonly incident: string }>
  /** `by` absent: the system, which had opened it, sees that what it was about is well again. */
  | Of<
      'incident.resolved',
      {
        readonly incident: string;
        readonly by?: string;
        /** There was nothing; `comment` says how that is known. What it took from a bake is given back. */
        readonly falseAlarm?: true;
        readonly comment?: Quoted;
      }
    >
  /** One person asks that the incident shall not stop the release, another one grants it. */
  | Of<
      'incident.override-asked',
      { readonly incident: string; readonly by: string; readonly comment: Quoted }
    >
  | Of<'incident.overridden', { readonly incident: string; readonly by: string; readonly comment: Quoted }>
  | Of<'incident.reopened', { readonly incident: string; readonly by: string; readonly reason: Quoted }>
  | Of<
      'task.opened',
      {
        readonly task: string;
        readonly title: TaskTitle;
        readonly owner: string;
        /** The incident that it looks back on. */
        readonly incident?: string;
      }
    >
  | Of<'task.closed', { readonly task: string; readonly by: string; readonly note: Quoted }>
  | Of<
      'decision.taken',
      InPhase & { readonly decision: string; readonly by: string; readonly comment: Quoted }
    >
  | Of<'risk.changed', { readonly risk: string; readonly state: RiskState; readonly check: string }>
  | Of<'measure.recorded', { readonly measure: string; readonly value: number; readonly samples: number }>;

/** Whose doing a breach is: proven to be the new version's, or not to be told from that of what it runs in. */
export type Blame = 'release' | 'environment';

/** What a risk's checks say: nothing, or that it is coming true. */
export type RiskState = 'quiet' | 'threatening';

/** What a bake can see of a check before it begins. */
export interface DetectableEffect {
  readonly check: string;
  /** The smallest ratio of treatment over control that it would find; absent: blind to all below ten times. */
  readonly ratio?: number;
}

export type ComponentState = 'on' | 'limited' | 'off';
