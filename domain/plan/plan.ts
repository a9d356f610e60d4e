/**
 * The plan: the versioned document that describes a release process. It is data; nothing in the code knows Technicia.
 *
 * Every name here is a word of the glossary in `docs/why/design.md`. The schema that parses a file into this type is
 * `functions/contracts/plan.ts`; what a schema cannot see (unknown references, dates, silent checks) is in `domain/lint/`.
 */

import type { MetricKind, MetricSource } from './metric-sources.ts';

/** A calendar date `YYYY-MM-DD` in the plan's time zone. Never an instant. */
export type LocalDay = string;
/** A wall-clock time `HH:MM` in the plan's time zone. */
export type LocalTime = string;

/** A wall-clock moment `YYYY-MM-DDTHH:MM` in the plan's time zone. */
export type LocalDateTime = string;

export interface Plan {
  /** Version of this format. */
  readonly jalon: 1;
  /** Identifier of the product: one release of a product runs at a time. */
  readonly product: string;
  readonly title: string;
  readonly language: 'fr' | 'en';
  /** Day of the last update of the document and its state, as the document says them. */
  readonly revision: { readonly day: LocalDay; readonly state: string };
  /** IANA name, for example `Europe/Paris`. */
  readonly timeZone: string;
  /** When a day of work begins and ends; phases open at the first, gates with `notBefore: end` at the second. */
  readonly workday: { readonly start: LocalTime; readonly end: LocalTime };
  /** What the whole deployment is for. */
  readonly objectives: readonly string[];
  /** J: the date of the phase that first exposes users to the new version. */
  readonly launch: { readonly day: LocalDay; readonly phase: string };
  readonly periods: readonly Period[];
  readonly roles: Readonly<Record<string, Role>>;
  readonly escalation: readonly EscalationLevel[];
  readonly components: Readonly<Record<string, Component>>;
  readonly scripts: Readonly<Record<string, Script>>;
  readonly checks: Readonly<Record<string, Check>>;
  /** What people report, by the name that checks ask for. */
  readonly measures: Readonly<Record<string, ReportedMeasure>>;
  /** The chance, in percent, that a healthy release is rolled back by its checks (`domain/judge/budget.ts`). */
  readonly falseRollbackPercent?: number;
  readonly successMetrics: readonly SuccessMetric[];
  readonly risks: readonly Risk[];
  readonly phases: readonly Phase[];
  /** When nothing starts, is exposed or promoted; going back is always allowed. */
  readonly freezes: readonly FreezeWindow[];
  /** Phases in which another version may take the place of the one that is tried; it goes through the phase's correction. */
  readonly candidate?: { readonly replaceableIn: readonly string[] };
  readonly messages: readonly Message[];
  readonly mail?: MailTexts;
  readonly feedback?: FeedbackPlan;
  /** Groups of users that a message can go to, by id: their name for people. */
  readonly segments: Readonly<Record<string, string>>;
  readonly reports: readonly Report[];
  readonly rollback: Readonly<Record<RollbackLevelName, RollbackLevel>>;
  readonly references: readonly Reference[];
}

/** A row of the plan's general planning table; a row may cover several phases. */
interface Period {
  readonly name: string;
  readonly description: string;
  /** As the document words it, for example "1 semaine". */
  readonly duration: string;
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly phases: readonly string[];
}

export interface Role {
  readonly name: string;
  /** Who holds the role; a placeholder such as `[Nom]` is reported by lint. */
  readonly holder: string;
  readonly contact: string;
  readonly duties: readonly string[];
  /** A role outside the deployment team, which only the escalation ladder calls. */
  readonly external?: boolean;
}

export const severities = ['user', 'technical', 'critical', 'major'] as const;
/** What went wrong, by whom it must be heard: the conditions of the escalation table, lowest first. */
export type Severity = (typeof severities)[number];

export interface EscalationLevel {
  readonly level: number;
  readonly name: string;
  /** Whose contact is called. */
  readonly role: string;
  readonly delayMinutes: number;
  readonly condition: string;
  /** An incident of this severity starts on this level. */
  readonly severity: Severity;
}

/** A part of the product that can be switched off, limited or restored on its own. */
interface Component {
  readonly name: string;
  /** What users lose in degraded mode. */
  readonly features: readonly string[];
}

interface Script {
  readonly path: string;
  /** Name and value; `{{version}}`, `{{release}}`, `{{phase}}`, `{{attempt}}`, `{{component}}` are filled in at run time. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
}

export type Comparison = '<' | '<=' | '>' | '>=';
export interface Objective {
  readonly comparison: Comparison;
  readonly value: number;
  readonly unit: string;
}

export type CheckClass = 'rollback' | 'pause' | 'observe';
export type NoData =
  | { readonly action: 'hold' | 'fail' }
  | { readonly action: 'pass'; readonly reason?: string | undefined };

/** One metric against an objective, or treatment against control. */
export interface Check {
  readonly name: string;
  readonly metric: MetricKind;
  readonly source: MetricSource;
  readonly compare: 'objective' | 'control';
  readonly objective: Objective;
  /** Treatment over control that is still acceptable, as a ratio; only with `compare: control`. */
  readonly tolerance?: number;
  /**
   * A ratio of treatment over control that must be *proven* not to be reached before the bake ends well; only for a `rate`
   * compared with control. Absent: no proof is asked for, and what the bake could not have seen is said beforehand.
   */
  readonly certify?: number;
  /** What is usual, for saying beforehand what a bake can see: events a minute of all users, and the bad share of them in percent. */
  readonly usual?: { readonly perMinute: number; readonly badPercent?: number };
  readonly class: CheckClass;
  readonly severity: Severity;
  /** A breach counts when `breaches` of the last `of` evaluations broke the objective. */
  readonly window: { readonly breaches: number; readonly of: number };
  /** Fewer samples than this in a block are no news, not good news. */
  readonly minSample: number;
  readonly noData: NoData;
  readonly component?: string;
}

export interface SuccessMetric {
  readonly name: string;
  readonly objective: Objective;
  /** As the document words it, for example ">70% à J+30". */
  readonly target: string;
  readonly method: string;
  readonly check: string;
  /** Measured only from this day after launch on. */
  readonly fromDay?: number;
}

export interface Risk {
  readonly id: string;
  readonly name: string;
  readonly probability: string;
  readonly impact: string;
  readonly gravity: string;
  readonly mitigation: string;
  /** The checks and the phases that would see the risk come true. */
  readonly watchedBy: { readonly checks: readonly string[]; readonly phases: readonly string[] };
}

/** Who says that an item is done: a person of the owner role, or the system, from what it saw happen. */
export type Verification =
  | 'person'
  | { readonly script: string }
  | { readonly check: string }
  | { readonly exposure: number }
  | { readonly message: string };

export interface ChecklistItem {
  /** Section and position, for example `3.1.1` or `2.2.production.4`. */
  readonly id: string;
  readonly text: string;
  readonly owner: string;
  readonly verified: Verification;
  /** Before users are exposed, or at the latest for the gate. */
  readonly due: 'checklist' | 'gate';
}

interface Checklist {
  readonly section: string;
  readonly title: string;
  /** The subheading inside the section, where the document has one. */
  readonly heading?: string;
  readonly items: readonly ChecklistItem[];
}

export type GateOutcome = 'promote' | 'correct' | 'hold' | 'roll-back';

/** A sentence of the document's exit criteria, bound to what decides it. */
export interface Criterion {
  readonly id: string;
  readonly text: string;
  readonly check?: string;
  /** The role whose approval says that the criterion holds. */
  readonly approval?: string;
  /** What the gate does when the check says no. */
  readonly onFail: Exclude<GateOutcome, 'promote'>;
}

interface Approvals {
  /** Each of these roles must approve. */
  readonly roles: readonly string[];
  /** How many different people at least. */
  readonly peopleMin: number;
  /** Who started the release may not be the only one to approve. */
  readonly fourEyes: boolean;
}

export interface Gate {
  readonly section?: string;
  readonly title?: string;
  readonly criteria: readonly Criterion[];
  readonly approvals: Approvals;
  /** `end`: not decided before the phase's last day has ended. */
  readonly notBefore?: 'end';
  readonly onReject: Exclude<GateOutcome, 'promote'>;
  readonly timeoutHours: number;
  /** `reject`: as if somebody had rejected. */
  readonly onTimeout: 'escalate' | 'reject' | Exclude<GateOutcome, 'promote'>;
}

/** A bake: how long the phase must be proven healthy without a break. */
export interface Observation {
  readonly continuousHealthHours: number;
  readonly deadlineHours: number;
  readonly tickMinutes: number;
  readonly checks: readonly string[];
}

export interface ScriptUse {
  readonly script: string;
  /** `resumed`: only when the phase is entered again after a correction. */
  readonly when: 'always' | 'resumed';
  readonly onFail: 'correct' | 'roll-back';
}

export interface Phase {
  readonly id: string;
  readonly name: string;
  readonly section: string;
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly scripts: readonly ScriptUse[];
  readonly checklists: readonly Checklist[];
  /** Percentage of users who have access from this phase on. */
  readonly exposure?: number;
  readonly observation?: Observation;
  readonly gate: Gate;
  /** Where a correction happens: `in-place`, or in another phase, after which this one is resumed. */
  readonly correction: 'in-place' | { readonly phase: string };
  readonly attemptsMax: number;
}

/** Who is told: a segment, a cohort by exposure in percent, or exactly those who were told that they have access. */
export type Audience = { readonly segment: string } | { readonly exposed: number } | { readonly told: true };

/** A communication to the product's users (section 9.2) or one that an event causes (emergency, correction, degraded mode). */
export interface Message {
  readonly id: string;
  readonly step: string;
  readonly audience: Audience;
  readonly audienceName: string;
  readonly subject: string;
  readonly content: string;
  readonly channel: string;
  /** As the document words it: "J-7", "Jour J". Absent for a message that only an event sends. */
  readonly timing?: string;
  /** J+n by calendar date, at this wall-clock time. */
  readonly date?: { readonly day: number; readonly time: LocalTime };
  /** What must be true for the message to go. */
  readonly guard: {
    readonly exposureMin?: number;
    /** Goes only once this phase has been opened. */
    readonly phaseOpened?: string;
    readonly status?: 'active';
  };
  /** The phase that the message invites to: it should not go after that phase has ended. */
  readonly invitesTo?: string;
  /** A held message is skipped when its guard has not become true this many days after its date. */
  readonly lateDaysMax: number;
}

/** What mails to users say that the rest of the plan does not know. */
interface MailTexts {
  /** The product's name as its users know it. */
  readonly product: string;
  /** Addresses of pages; what has none is left out of the mails. */
  readonly pages: {
    readonly product?: string;
    readonly guide?: string;
    readonly training?: string;
    readonly support?: string;
  };
}

/** A number that people count or survey: who of them may say it, and what it can be. */
export interface ReportedMeasure {
  readonly roles: readonly string[];
  /** In the unit of the checks that ask for it. */
  readonly value: Bounds;
  /** How many answers, users or attempts are behind a value. */
  readonly samples: Bounds;
}
/** Both included. */
interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What users are asked behind the links of their mails, and what comes of it. */
interface FeedbackPlan {
  readonly questions: readonly SurveyQuestion[];
  /** The measure that says how many of those with access have reported a problem, in percent. */
  readonly problems?: {
    readonly measure: string;
    /** An incident is opened when so many percent of those with access have reported a problem, and so many people at least. */
    readonly incident?: {
      readonly percent: number;
      readonly reportsMin: number;
      readonly severity: Severity;
    };
  };
}
export interface SurveyQuestion {
  readonly id: string;
  readonly text: Readonly<Record<Plan['language'], string>>;
  /** `scale`: from 1, not at all, to 5, very much. */
  readonly kind: 'scale' | 'yes-no';
  /** Of a scale: from here on an answer is a good one; 4 when absent. */
  readonly goodFrom?: number;
  /** The share of good answers, in percent, as checks name it. */
  readonly measure: string;
  /** The messages whose readers are asked. */
  readonly after: readonly string[];
}

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** Internal communication (section 9.1). */
export interface Report {
  readonly id: string;
  readonly step: string;
  readonly audience: string;
  readonly roles: readonly string[];
  readonly content: string;
  readonly channel: string;
  readonly frequency: string;
  readonly cadence: 'daily' | 'twice-weekly' | 'weekly' | 'real-time';
  /** Days that it goes on and the time of day; absent: those of its cadence (`presentation/team-report/cadence.ts`). */
  readonly days?: readonly Weekday[];
  readonly at?: LocalTime;
  readonly phases: readonly string[];
}

/** A time in which a release stands still, once or every week. */
export interface FreezeWindow {
  readonly id: string;
  readonly name: string;
  /** Phases that it stops; absent: all. */
  readonly phases?: readonly string[];
  /** It holds dated messages, too. What an event causes goes all the same. */
  readonly announcements?: boolean;
  readonly when:
    | { readonly from: LocalDateTime; readonly to: LocalDateTime }
    /** On each of these days from one time to the other; to one that is not later, until the next day. */
    | { readonly days: readonly Weekday[]; readonly from: LocalTime; readonly to: LocalTime };
}

export const rollbackLevels = ['full', 'partial', 'degraded'] as const;
export type RollbackLevelName = (typeof rollbackLevels)[number];

type RollbackAction =
  | {
      readonly kind: 'script';
      readonly script: string;
      readonly arguments?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'component'; readonly state: 'off' | 'limited' }
  | { readonly kind: 'task'; readonly owner: string };

export interface RollbackStep {
  readonly id: string;
  readonly text: string;
  readonly action: RollbackAction;
  /** What users have entered since the backup is lost. */
  readonly restoresData?: true;
}

export interface RollbackLevel {
  readonly name: string;
  /** As the document words it: "niveau critique". */
  readonly level: string;
  /** Severities that call for this level. */
  readonly severities: readonly Severity[];
  /** `automatic`: a verdict of a check of class `rollback` carries out by itself what two people must agree to otherwise. */
  readonly restoreData?: 'ask' | 'automatic';
  /** The message that corrects what users were told, where the level's steps send none. */
  readonly notice?: string;
  readonly steps: readonly RollbackStep[];
}

interface Reference {
  readonly title: string;
  readonly path: string;
}
