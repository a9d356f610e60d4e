/**
 * Why something happened, waits or is wrong, wherever the program itself says so: a code and its parameters, which are ids,
 * numbers, instants and words that somebody quoted. Never a sentence: `presentation/messages/` says each in the reader's language.
 */
import type { Coded } from '../coded.ts';
import type { SourceFault } from '../judge/source-faults.ts';
import type { Severity } from '../plan/plan.ts';
import type { Quoted } from '../quoted.ts';
import type { Irrevocable, ReleaseOutcome } from './outcomes.ts';

type NoParams = Readonly<Record<never, never>>;

/** What keeps a release from going on, though never from going back. */
export interface Blockers {
  /** The release is paused. */
  readonly paused: NoParams;
  /** The version was found to be bad. */
  readonly 'bad-version': { readonly version: string };
  /** A critical or major incident that is not resolved. */
  readonly incident: { readonly incident: string; readonly severity: Severity };
  /** A freeze window of the plan, by its id, until an instant. */
  readonly freeze: { readonly freeze: string; readonly until: string };
}
export type Blocker = Coded<Blockers>;

/** What a gate still waits for. */
export interface GateNeeds extends Blockers {
  /** It may not decide before the phase's last day has ended. */
  readonly 'last-day': NoParams;
  /** So many items of the checklist are neither done nor waived. */
  readonly items: { readonly open: number };
  /** A criterion has no value that lets it pass. */
  readonly criterion: { readonly criterion: string };
  /** Roles that have not approved. */
  readonly approvals: { readonly roles: readonly string[] };
  /** So many people more. */
  readonly people: { readonly more: number };
  /** Somebody else than who started the release. */
  readonly 'second-person': NoParams;
}
export type GateNeed = Coded<GateNeeds>;

/** What a check said when it was looked at. Values in the unit of its objective, rounded to hundredths. */
export interface CheckAnswers {
  readonly value: { readonly value: number; readonly control?: number };
  readonly 'no-data': NoParams;
  readonly 'no-traffic': NoParams;
  readonly unreadable: { readonly fault: SourceFault };
}
export type CheckAnswer = Coded<CheckAnswers>;

/** Why nothing can be seen of what is observed. */
export interface BlindSpots {
  readonly check: { readonly check: string; readonly answer: CheckAnswer };
  /** No look came for longer than the heartbeat allows. */
  readonly 'no-look': NoParams;
}
export type BlindSpot = Coded<BlindSpots>;

/** Why a phase went another way than on. */
export interface Causes {
  /** A check that rolls back was proven or seen to be unhealthy. */
  readonly check: { readonly check: string; readonly answer: CheckAnswer };
  readonly 'not-proven': { readonly hours: number };
  /** `said`: what the script printed last; nothing when no result came. */
  readonly script: { readonly script: string; readonly said?: Quoted };
  readonly rejected: { readonly role: string; readonly by: string; readonly comment: Quoted };
  /** `value` in the unit of the criterion's check. */
  readonly criterion: { readonly criterion: string; readonly value?: number };
  /** The gate waited too long, and its rules say what comes of that. */
  readonly 'gate-late': { readonly need: GateNeed };
  readonly 'held-too-often': { readonly holds: number };
  readonly 'corrected-after-hold': NoParams;
  readonly ordered: { readonly by: string; readonly reason: Quoted };
  /** Nobody reported the correction; `error` as Step Functions names it. */
  readonly 'no-correction': { readonly error: string };
  /** `said`: what the service or the function that failed said. */
  readonly fault: { readonly error: string; readonly said?: Quoted };
}
export type Cause = Coded<Causes>;

/** What an incident is about. */
export interface IncidentTitles {
  /** In the words of who reported it. */
  readonly reported: { readonly words: Quoted };
  readonly blind: BlindSpots['check'];
  readonly 'no-look': NoParams;
  /** The objective is broken, and nothing is proven against the new version. */
  readonly objective: { readonly check: string };
  readonly 'gate-late': { readonly phase: string };
  readonly 'checklist-late': { readonly phase: string; readonly open: number };
  /** An alarm of the product while nothing observes the phase. */
  readonly alarm: { readonly phase: string; readonly alarm: string };
  readonly problems: { readonly phase: string; readonly reports: number };
  /** A phase failed, and what was given is taken back. */
  readonly 'phase-failed': { readonly cause?: Cause };
  /** `error` as Step Functions names it. */
  readonly 'rollback-failed': { readonly phase: string; readonly error: string };
  /** Access stays withdrawn, and nobody or only one person has agreed to what cannot be undone. */
  /** The release is under way, and its execution ends on that day. */
  readonly 'machine-ends': { readonly day: string };
  readonly 'agreement-late': {
    readonly phase: string;
    readonly level: Irrevocable;
    readonly minutes: number;
  };
}
export type IncidentTitle = Coded<IncidentTitles>;

/** What a task asks for. */
export interface TaskTitles {
  /** A step of a rollback, as the plan words it. */
  readonly step: { readonly text: string };
  /** To look back on an incident. */
  readonly 'post-incident': { readonly title: IncidentTitle };
}
export type TaskTitle = Coded<TaskTitles>;

/** What shows that an item of a checklist is done. */
export interface ItemEvidences {
  readonly words: { readonly words: Quoted };
  /** The address of a page. */
  readonly link: { readonly link: string };
  /** Where a file is kept. */
  readonly file: { readonly file: string };
  /** A check that is healthy; without a value the plan lets it pass without data. */
  readonly check: { readonly check: string; readonly value?: number };
  readonly message: { readonly message: string; readonly recipients: number };
  readonly script: { readonly script: string; readonly command: string };
  readonly exposure: { readonly percent: number };
}
export type ItemEvidence = Coded<ItemEvidences>;

/** Why a message would not be true now, or cannot go. */
export interface MessageDelays extends Blockers {
  readonly 'release-ended': { readonly status: ReleaseOutcome };
  /** Percentages of the users. */
  readonly exposure: { readonly exposure: number; readonly exposureMin: number };
  readonly 'phase-not-opened': { readonly phase: string };
  /** More recipients than the mail service has room for today. */
  readonly quota: { readonly recipients: number; readonly mailsLeft: number };
}
export type MessageDelay = Coded<MessageDelays>;

/** Why a message or a report will not go any more. */
export interface Omissions {
  /** So many days after its date it was not true yet, or has only just become so. */
  readonly 'too-late': { readonly days: number; readonly delay?: MessageDelay };
  readonly 'release-ended': { readonly status: ReleaseOutcome };
  readonly 'phases-over': NoParams;
  readonly 'nobody-reached': NoParams;
  /** The next one is due. `unsure`: this one may have gone all the same. */
  readonly 'next-one-due': { readonly unsure: boolean };
  /** Those who had lost access have it again. */
  readonly 'access-again': NoParams;
}
export type Omission = Coded<Omissions>;

/** Why a release was closed, where its outcome does not say it all. */
export interface Closings {
  /** By its own last step. */
  readonly 'run-through': NoParams;
  readonly ordered: { readonly reason: Quoted };
  /** Two people aborted it in the middle of a rollback; `undone`: the steps that were not carried out, as the plan words them. */
  readonly 'rollback-left': { readonly reason: Quoted; readonly undone: readonly string[] };
  /** Its execution had ended without it. */
  readonly 'execution-ended': { readonly status: 'succeeded' | 'failed' | 'timed-out' | 'aborted' };
}
export type Closing = Coded<Closings>;
