/**
 * All that lint can find: each rule with the facts of one finding. Sentences are made of them where they are shown
 * (`presentation/messages/findings/`). Ids, names and paths are the plan's own; what is `allowed` there is listed, not worded.
 */
import type { Coded } from '../coded.ts';
import type {
  Check,
  LocalDateTime,
  LocalDay,
  LocalTime,
  Report,
  RollbackLevelName,
  Severity,
} from '../plan/plan.ts';
import type { FileFindings } from './file-findings.ts';

/** A finding that its place says whole. */
type NoParams = Readonly<Record<string, never>>;

/** What an id can name. */
export type ReferenceKind = 'phase' | 'role' | 'check' | 'script' | 'component' | 'message' | 'segment';

export interface NameFindings {
  /** `exposure`: a cohort is named by its percentage. */
  readonly 'unknown-reference':
    | { readonly kind: ReferenceKind; readonly id: string; readonly known: readonly string[] }
    | { readonly kind: 'exposure'; readonly percent: number; readonly given: readonly number[] };
  readonly 'unused-check': { readonly check: string };
  readonly 'unused-script': { readonly script: string };
  /** `meant`: a name that is there, written with blanks. */
  readonly 'unknown-placeholder': {
    readonly placeholder: string;
    readonly known: readonly string[];
    readonly meant?: string;
  };
  /** `before`: the path where it was given first. */
  readonly duplicate: { readonly name: string; readonly before: string };
}

export interface DateFindings {
  readonly 'dates-reversed': { readonly from: LocalDay };
  readonly 'dates-overlap': { readonly expected: LocalDay };
  readonly 'dates-gap': { readonly days: number; readonly expected: LocalDay };
  readonly 'workday-reversed': { readonly start: LocalTime };
  /** `instead`: `YYYY-MM-DD HH:MM`, what the clocks show. */
  readonly 'time-does-not-exist': { readonly timeZone: string; readonly instead: string };
  readonly 'phase-without-period': NoParams;
  readonly 'period-differs': { readonly from: LocalDay; readonly to: LocalDay };
  readonly 'launch-day-differs': { readonly phase: string; readonly from: LocalDay };
  readonly 'launch-without-users': NoParams;
  readonly 'exposure-goes-down': { readonly beforePercent: number };
  readonly 'deadline-before-proof': { readonly hours: number };
  readonly 'bake-longer-than-phase': { readonly hours: number };
  /** `proving`: the checks of the plan that can prove health. */
  readonly 'bake-watches-nothing': { readonly proving: readonly string[] };
  readonly 'freeze-reversed': { readonly freeze: string; readonly from: LocalDateTime };
  readonly 'freeze-always': { readonly freeze: string };
  /** `days`: how late the message may go. */
  readonly 'freeze-outlasts-message': {
    readonly freeze: string;
    readonly message: string;
    readonly days: number;
  };
}

export interface CourseFindings {
  readonly 'corrects-itself': NoParams;
  readonly 'correction-leads-forward': {
    readonly phase: string;
    readonly target: string;
    readonly earlier: readonly string[];
  };
  readonly 'correction-leads-on': {
    readonly phase: string;
    readonly target: string;
    readonly inPlace: readonly string[];
  };
  readonly 'users-before-launch': { readonly phase: string; readonly launch: string };
  readonly 'plan-too-long': { readonly days: number; readonly daysMax: number };
  readonly 'phase-too-long': { readonly phase: string; readonly days: number; readonly daysMax: number };
  /** `gate`: the path of the gate that never passes, which is that of the phase `before`. */
  readonly 'unreachable-phase': { readonly phase: string; readonly before: string; readonly gate: string };
  readonly 'rollback-without-steps': NoParams;
  /** A verdict restores data, and nobody is asked. */
  readonly 'data-restored-unasked': { readonly level: RollbackLevelName };
  readonly 'severity-without-rollback': { readonly severity: Severity };
  readonly 'severity-with-two-rollbacks': {
    readonly severity: Severity;
    readonly levels: readonly RollbackLevelName[];
  };
  readonly 'marker-too-long': { readonly marker: string; readonly charactersMax: number };
}

export interface SilenceFindings {
  readonly 'criterion-bound-to-nothing': NoParams;
  readonly 'criterion-bound-twice': NoParams;
  readonly 'gate-always-open': NoParams;
  readonly 'silence-passes': NoParams;
  readonly 'window-never-breached': { readonly breaches: number; readonly of: number };
  readonly 'verified-by-what-never-happens': { readonly why: NeverHappens };
}

/** Why the system would never see what an item waits for. */
export type NeverHappens = Coded<NeverHappening>;
export interface NeverHappening {
  readonly 'script-not-always': { readonly script: string };
  readonly 'exposure-not-given': { readonly percent: number };
  readonly 'users-after-checklist': NoParams;
  readonly 'message-without-date': { readonly message: string };
  readonly 'message-after-phase': { readonly message: string; readonly day: LocalDay };
  readonly 'message-waits-for-exposure': {
    readonly message: string;
    readonly percent: number;
    readonly reachedPercent: number;
  };
  readonly 'message-waits-for-phase': { readonly message: string; readonly phase: string };
  readonly 'messages-after-checklist': NoParams;
}

export interface JudgingFindings {
  readonly 'control-without-tolerance': NoParams;
  readonly 'share-without-percentage': NoParams;
  readonly 'count-without-control': { readonly metric: Check['metric'] };
  readonly 'certificate-without-test': { readonly tolerance: number };
  readonly 'no-control-left': { readonly check: string; readonly percent: number };
  /** `wanted`: how many times the usual one would want to hear of. `noneBelow`: nothing is found that is not more than this. */
  readonly 'blind-bake': {
    readonly phase: string;
    readonly check: string;
    readonly wanted: number;
    readonly noneBelow?: number;
  };
  readonly 'sight-unknown': { readonly phase: string; readonly check: string };
}

export interface PeopleFindings {
  readonly placeholder: { readonly role: string; readonly member: 'holder' | 'contact' };
  readonly 'criterion-without-approver': { readonly role: string; readonly asked: readonly string[] };
  readonly 'too-few-approvers': { readonly peopleMin: number; readonly roles: number };
  readonly 'approver-nobody-holds': { readonly role: string; readonly external: boolean };
  readonly 'no-escalation': NoParams;
  readonly 'escalation-order': { readonly expected: number };
  readonly 'level-without-contact': { readonly level: number; readonly role: string };
  readonly 'severity-twice': { readonly severity: Severity; readonly severities: readonly Severity[] };
  /** Checks ask for it, people must say it, and the plan does not say who. */
  readonly 'measure-without-reporter': { readonly measure: string };
  /** It has reporters, and is not theirs to say, or nobody asks. */
  /** `known`: what the ledger counts of incidents. */
  readonly 'unknown-incident-count': { readonly measure: string; readonly known: readonly string[] };
  readonly 'measure-not-reported': { readonly measure: string; readonly by: 'ledger' | 'users' | 'nobody' };
  readonly 'measure-of-nobody': { readonly measure: string };
  readonly 'bounds-reversed': { readonly min: number; readonly max: number };
  readonly 'severity-without-level': { readonly severity: Severity };
}

export interface MessageFindings {
  readonly 'two-messages-one-day': {
    readonly audience: string;
    readonly other: string;
    readonly message: string;
  };
  readonly 'invitation-after-phase': { readonly phase: string; readonly to: LocalDay };
  readonly 'message-after-last-phase': { readonly end: LocalDay };
  readonly 'guard-not-true-in-time':
    | { readonly waitsFor: 'exposure'; readonly day: LocalDay; readonly reachedPercent: number }
    | { readonly waitsFor: 'phase'; readonly day: LocalDay; readonly phase: string; readonly from: LocalDay };
  /** `surePercent`: the access that its guard makes sure of; absent for a message that an event sends. */
  readonly 'told-without-access': { readonly percent: number; readonly surePercent?: number };
  readonly 'unused-message': { readonly message: string };
}

export interface ReportFindings {
  readonly 'report-days':
    | {
        readonly wrong: 'days';
        readonly count: number;
        readonly cadence: Report['cadence'];
        readonly daysMin: number;
        readonly daysMax: number;
      }
    | { readonly wrong: 'time' };
  readonly 'report-never-sent': { readonly report: string };
}

/** What rules find in a plan that parses. */
interface PlanFindings
  extends NameFindings,
    DateFindings,
    CourseFindings,
    SilenceFindings,
    JudgingFindings,
    PeopleFindings,
    MessageFindings,
    ReportFindings {}

export interface Findings extends PlanFindings, FileFindings {}
