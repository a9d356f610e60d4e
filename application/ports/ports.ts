/**
 * What the handlers need from the world, as interfaces. Each is honest to what AWS can do: conditional writes with one
 * winner, events at least once and in any order, no transaction across two services. Adapters speak our errors
 * (`errors.ts`), never an SDK's: any call may throw ServiceUnavailable (busy, silent, at a quota), what else it throws on
 * purpose is said here. Promises are suites in `test/adapters/*.behaviour.ts`, run on AWS's adapters and on the rehearsal's.
 */

import type { AudienceTally } from '#domain/audience/audience-size.ts';
import type { FeedbackTallies } from '#domain/audience/feedback.ts';
import type { Evidence } from '#domain/judge/evidence.ts';
import type { Series } from '#domain/judge/series.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { ComponentState } from '#domain/ledger/facts.ts';
import type { Release, ReleaseHead } from '#domain/ledger/replay.ts';
import type { LogCode } from '#domain/log.ts';
import type { DeliveryStatus } from '#domain/mailing/delivery.ts';
import type { Link } from '#domain/mailing/links.ts';
import type { Audience, Check, Plan, Severity } from '#domain/plan/plan.ts';
import type { BakeState } from '#domain/rules/bake-clock.ts';
import type { Wait } from '#domain/rules/wait.ts';
import type { Locale, Translations } from '#presentation/mail/template.ts';

export interface Clock {
  /** Epoch milliseconds. */
  nowMs(): number;
}

/** Reading releases is no power to change them. */
export interface ReleaseReader {
  /** Consistent read. Throws ReleaseNotFound. */
  load(releaseId: string): Promise<Release>;
  /** Entries after a sequence number, oldest first, at most `limit` (1..1000). */
  history(releaseId: string, afterSeq: number, limit: number): Promise<readonly LedgerEntry[]>;
  /** Ids of releases that are under way, at most `limit`. */
  active(limit: number): Promise<readonly string[]>;
  /** The access that users of a product have: what the release that changed it last has decided. */
  access(product: string): Promise<Access | undefined>;
  /**
   * Releases that have ended, the last one to end first, at most `limit` (1..100) after a cursor, which is any text of the form
   * `<instant>#<id>`. Reading takes as long however many there are. Lags by moments.
   */
  ended(
    limit: number,
    cursor: string | undefined,
  ): Promise<{ readonly releases: readonly ReleaseHead[]; readonly cursor?: string }>;
}
export interface Access {
  readonly releaseId: string;
  readonly percent: number;
}
export interface ReleaseStore extends ReleaseReader {
  /**
   * One transaction: the projection moves from `before` to `next`, the entries are appended, and the product is claimed
   * (first entry) or given back (the release has closed). At most 20 entries.
   * Throws LedgerConflict when the release is no longer at `before.seq`; without `before`, ReleaseExists when the id is
   * taken and ProductBusy when the product is.
   */
  commit(before: Release | undefined, next: Release, entries: readonly LedgerEntry[]): Promise<void>;
  /** Lets others go first, for longer the more often in a row they were faster. At most 0.6 s. */
  giveWay(conflicts: number): Promise<void>;
}

export interface CondemnedVersion {
  readonly version: string;
  /** The release that it was found in. */
  readonly releaseId: string;
  readonly by: string;
  readonly reason: string;
}
/** Versions of the product that are not to be released (again). Throws ServiceUnavailable. */
export interface Versions {
  /** Harmless when repeated: the first word stands. */
  condemn(version: CondemnedVersion): Promise<void>;
  condemned(version: string): Promise<CondemnedVersion | undefined>;
}

export interface WaitStore {
  /** Puts the wait with epoch + 1, whatever was there: the newest token is the one that counts. */
  arm(wait: Omit<Wait, 'epoch' | 'status' | 'answer'>): Promise<Wait>;
  get(releaseId: string, waitId: string): Promise<Wait | undefined>;
  /** All waits of a release that are armed or settling; there are few. */
  open(releaseId: string): Promise<readonly Wait[]>;
  /** ARMED -> SETTLING(answer), conditional on the epoch. Answers the wait as it is now and whether this call won. */
  settle(
    wait: Wait,
    answer: Readonly<Record<string, unknown>>,
  ): Promise<{ won: boolean; wait: Wait | undefined }>;
  /** SETTLING -> SETTLED, or ARMED -> CANCELLED. Harmless when it has happened already. */
  close(wait: Wait, status: 'settled' | 'cancelled'): Promise<void>;
}

/** A command that carries an idempotency key: who gave it, under which key, and a digest of what it asks for. */
export interface KeyedRequest {
  readonly caller: string;
  readonly key: string;
  readonly digest: string;
}
export interface KeptAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/**
 * `yours`: carry it out, then keep its answer or give the key back. `under-way`: somebody else holds the key, for a minute at
 * most. `other`: the key was used for another request. `answered`: it was carried out, and this came of it.
 */
export type KeyClaim =
  | { readonly status: 'yours' | 'under-way' | 'other' }
  | { readonly status: 'answered'; readonly answer: KeptAnswer };
/** What keyed commands were answered, for a day. A claim is known by its instant. */
export interface Answers {
  /** One caller at a time gets `yours`; whoever does neither keep nor give back loses it after a minute. */
  claim(request: KeyedRequest, atMs: number): Promise<KeyClaim>;
  /** Nothing happens when the claim of that instant was lost. */
  keep(request: KeyedRequest, claimedAtMs: number, answer: KeptAnswer): Promise<void>;
  /** Nothing was decided: the key is free again. Nothing happens when the claim was lost. */
  giveBack(request: KeyedRequest, claimedAtMs: number): Promise<void>;
}

/** Answers to parked task tokens. */
export interface Tasks {
  /** Throws WaitClosed when the task is gone. */
  succeed(token: string, output: Readonly<Record<string, unknown>>): Promise<void>;
  /** Throws WaitClosed when the task is gone. */
  heartbeat(token: string): Promise<void>;
}

export interface Started {
  readonly executionArn: string;
  /** Nothing was started: the execution of this name has another input, or has ended. */
  readonly taken: boolean;
}
/** The release machine: its executions are releases. */
export interface ReleaseMachine {
  /** Starts an execution; while it runs, the same name and input again is the same execution. */
  start(name: string, input: Readonly<Record<string, unknown>>): Promise<Started>;
  /** Harmless when the execution has ended. */
  stop(executionArn: string, reason: string): Promise<void>;
}

export type ExecutionStatus = 'running' | 'succeeded' | 'failed' | 'timed-out' | 'aborted';
/** How executions stand; reading is no power to start or stop one. */
export interface Executions {
  /** `aborted` as well when the service has forgotten how it ended. Throws ServiceUnavailable. */
  status(executionArn: string): Promise<ExecutionStatus>;
}

/** Executions of the escalation machine. */
export interface Escalations {
  /** As for the release machine: the same name again is harmless. */
  start(name: string, input: Readonly<Record<string, unknown>>): Promise<Started>;
}

/** EventBridge Scheduler names: at most 64 of `0-9A-Za-z-_.`; precision one minute, at least once. */
export interface Schedule {
  readonly name: string;
  readonly when: { readonly atMs: number } | { readonly everyMinutes: number; readonly untilMs: number };
  readonly target: 'tick' | 'date';
  readonly input: Readonly<Record<string, string | number>>;
}
export interface Schedules {
  /** Creates or replaces. A one-time schedule in the past fires at once. One that has completed is gone. */
  put(schedule: Schedule): Promise<void>;
  /** Harmless when there is none. */
  remove(name: string): Promise<void>;
  /** Names that begin with the prefix, at most 100. */
  names(prefix: string): Promise<readonly string[]>;
}

export interface ScriptCall {
  readonly path: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
  /**
   * Identifies the run (`markerOf`, at most 100 characters): the same marker again answers the same command and starts
   * nothing.
   */
  readonly marker: string;
}
export interface ScriptStatus {
  readonly marker: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly exitCode: number;
  /** The end of what it printed, at most 500 characters. */
  readonly summary: string;
}
/** How runs of scripts stand; reading is no power to start one. */
export interface ScriptRuns {
  /** What has ended stays as it ended. Throws ScriptNotStarted when there is no such command. */
  describe(command: string): Promise<ScriptStatus>;
}
export interface ScriptRunner extends ScriptRuns {
  /** Throws ScriptNotStarted when it is certain that nothing ran. */
  start(call: ScriptCall): Promise<{ command: string }>;
  describe(command: string): Promise<ScriptStatus>;
}
/** What pipelines outside AWS said of their runs, by marker. */
export interface ScriptReports {
  /** Answers whether it counts: the first report of an end does, and nothing after it. Throws ServiceUnavailable. */
  put(report: ScriptStatus): Promise<boolean>;
  get(marker: string): Promise<ScriptStatus | undefined>;
}
/** Messages from pipelines outside AWS. */
export interface Signatures {
  /**
   * Whether somebody who has our secret signed exactly this, within the last five minutes. Header names in lower case.
   * Throws ServiceUnavailable.
   */
  verify(message: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }): Promise<boolean>;
}

export interface Metrics {
  /**
   * One series per check, by id, of the whole minutes of the closed window [fromMs, toMs). Never throws for a provider: what
   * cannot be read is a series of the kind `unknown`.
   */
  read(
    checks: Readonly<Record<string, Check>>,
    window: { readonly fromMs: number; readonly toMs: number },
  ): Promise<Readonly<Record<string, Series>>>;
}

/** The bake's memory between two ticks, and the evidence of every look. */
export interface BakeKey {
  readonly releaseId: string;
  readonly waitId: string;
  readonly epoch: number;
  readonly phase: string;
  readonly attempt: number;
}
export interface BakeStore {
  get(releaseId: string, waitId: string, epoch: number): Promise<BakeState | undefined>;
  /**
   * State and evidence in one transaction. Conditional on `before` being what is stored, so that a duplicated tick counts
   * once. Answers whether it was.
   */
  put(key: BakeKey, before: BakeState | undefined, next: BakeState, evidence: Evidence): Promise<boolean>;
}
/** Reading evidence is no power to judge. */
export interface EvidenceReader {
  /** Of a phase's attempt, in the order of the looks, at most `limit` (1..200) after the cursor. */
  looks(
    releaseId: string,
    phase: string,
    attempt: number,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly looks: readonly Evidence[]; readonly cursor?: string }>;
}

export interface Exposure {
  /** Percentage of users with access to the new version; idempotent. */
  set(releaseId: string, percent: number): Promise<void>;
  /** Takes away all access that this release gave; idempotent. False, and nothing changes, when it is not this release's. */
  withdraw(releaseId: string): Promise<boolean>;
  /** Switches a component; idempotent. */
  switch(releaseId: string, component: string, state: ComponentState): Promise<void>;
}

/** A user of the product. Outside the audience they are only known as a `person` (`personOf`, 64 hexadecimal digits). */
export interface Member {
  readonly userId: string;
  readonly address: string;
  /** The language that the person reads; absent: the plan's. */
  readonly locale?: Locale;
  /** Segments of the plan that the person is in, sorted; absent: none. */
  readonly segments?: readonly string[];
  /** The person wants no announcements. */
  readonly optOut?: true;
  /** No mail arrives at the address, or none is wanted there. */
  readonly unreachable?: Unreachable;
}
/** A user as a file of users tells of them; the rest is `Preferences`. */
export type Imported = Omit<Member, 'optOut' | 'unreachable'>;
export interface AudiencePage {
  readonly people: readonly string[];
  readonly cursor?: string;
}
export type Selection = Exclude<Audience, { told: true }>;
export interface AudienceStore {
  /** People of a segment, or those with access at a percentage. In pages of at most `limit` (1..1000). */
  page(audience: Selection, cursor: string | undefined, limit: number): Promise<AudiencePage>;
  /** How many people `page` would list. */
  count(audience: Selection): Promise<number>;
  /** Who these people are, at most 100; those who are no users any more are missing. */
  members(people: readonly string[]): Promise<ReadonlyMap<string, Member>>;
}

export interface Tally {
  /** Known once the audience has been listed to its end. */
  readonly total?: number;
  readonly sent: number;
  /** Refused, or not known to have left: listed, never sent again by itself. */
  readonly failed: number;
  /** Not written to: they want no announcements, or are no users any more. */
  readonly declined: number;
}
/** How far an audience has been listed into the queue. */
export interface Listing {
  readonly pages: number;
  readonly people: number;
  /** Where the next page begins. */
  readonly cursor?: string;
  readonly done: boolean;
}
/** One row per (campaign, person): the memory that SES does not have. It holds no address. */
export interface CampaignStore {
  listing(campaign: string): Promise<Listing | undefined>;
  /** Conditional on the listing being as it was before. Answers whether it was: only one of two listers goes on. */
  advance(campaign: string, before: Listing | undefined, next: Listing): Promise<boolean>;
  /** True for exactly one caller per person: only that one may send. */
  claim(campaign: string, person: string, atMs: number): Promise<boolean>;
  /** Gives a claim back: it is certain that nothing was sent. */
  release(campaign: string, person: string): Promise<void>;
  /** Harmless when repeated; a later state never goes back to an earlier one. */
  mark(campaign: string, person: string, status: DeliveryStatus): Promise<void>;
  tally(campaign: string): Promise<Tally>;
  /** Who was claimed before an instant and of whom nothing was heard since, at most `limit`. */
  silent(campaign: string, beforeMs: number, limit: number): Promise<readonly string[]>;
  /** Who got it or may have got it (a correction must reach them too), in pages of at most `limit`; a page may be short. */
  reached(campaign: string, cursor: string | undefined, limit: number): Promise<AudiencePage>;
  /** Those of these people, at most 1000, whom `reached` would list. */
  reachedAmong(campaign: string, people: readonly string[]): Promise<ReadonlySet<string>>;
}

interface OfCampaign {
  readonly releaseId: string;
  readonly message: string;
  readonly campaign: string;
}
/** `list`: the next pages of the audience into the queue. `send`: a mail to each of at most 10 people. */
export type MailJob = OfCampaign &
  ({ readonly kind: 'list' } | { readonly kind: 'send'; readonly people: readonly string[] });
export interface MailQueue {
  /**
   * At least once, in any order, not before `afterSeconds` (0..900). After an error, enqueueing all again is right.
   */
  enqueue(jobs: readonly MailJob[], afterSeconds?: number): Promise<void>;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** One of the two is shown, by what the reader's program can do. */
  readonly html: string;
  readonly text: string;
  /** Where one click ends announcements (RFC 8058); of an announcement. */
  readonly unsubscribeUrl?: string;
  /** Come back with every event about this mail. */
  readonly tags: {
    readonly release: string;
    readonly message: string;
    readonly campaign: string;
    readonly person: string;
  };
}
export interface Mailer {
  /**
   * Throws ServiceUnavailable when it is certain that nothing was sent, MailRefused when that is final as well; any other
   * error leaves it uncertain.
   */
  send(mail: Mail): Promise<{ messageId: string }>;
}
/** Addresses of pages that one person was given. */
export interface Links {
  /** At most 400 characters. Throws ServiceUnavailable. */
  make(link: Link): Promise<string>;
  /** What the token in such an address stands for; nothing when nobody here has signed it. Throws ServiceUnavailable. */
  read(token: string): Promise<Link | undefined>;
}

export interface Answer {
  readonly releaseId: string;
  readonly person: string;
  /** A question of the plan, or `problems`. */
  readonly question: string;
  readonly value: number;
  readonly good: boolean;
  /** What the person wrote, at most 2000 characters. */
  readonly text?: string;
}
/** One answer per person and question: the newest. Throws ServiceUnavailable. */
export interface FeedbackStore {
  /** False, and nothing changes, when the person has changed this answer too often (`changesMax`). */
  put(answer: Answer, atMs: number): Promise<boolean>;
  /** Values by question. */
  of(releaseId: string, person: string): Promise<Readonly<Record<string, number>>>;
  tallies(releaseId: string): Promise<FeedbackTallies>;
}

/** What the mail service still allows. */
export interface SendQuota {
  read(): Promise<Allowance>;
}
export interface Allowance {
  readonly mailsPerSecond: number;
  /** Mails that may still go in the 24 hours that end now; infinite when the service sets no limit. */
  readonly mailsLeft: number;
}

/** The templates of the plan's messages, compiled and checked before the deployment. */
export interface Templates {
  /** In each language that it has. Throws RangeError when the plan has no such message. */
  of(message: string): Promise<Translations>;
  /** Of the team's reports. */
  report(): Promise<Translations>;
}

export const noticeKinds = ['incident', 'verdict', 'gate', 'reminder', 'report'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
/** What roles of the team are told, in the plan's language. */
export interface Notice {
  readonly releaseId: string;
  readonly kind: NoticeKind;
  /** Id of the phase, incident, task or report that it is about. */
  readonly about: string;
  readonly roles: readonly string[];
  readonly severity?: Severity;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}
export interface Notifier {
  /**
   * On every channel there is; one that fails keeps no other from telling. Answers the roles that were told: who was not is
   * logged as NOT_NOTIFIED. Throws ServiceUnavailable when nobody could be told now, and perhaps later.
   */
  notify(notice: Notice): Promise<{ readonly told: readonly string[] }>;
}

/** An event that nobody could handle: for whom it was, and why it is here. */
export interface DeadLetter {
  readonly id: string;
  /** Only good for this taking of it. */
  readonly receipt: string;
  /** A function, or a queue that one works on. */
  readonly handler: string;
  readonly reason: string;
  readonly event: unknown;
}
/** A letter that does not say what is to be done with it: a person must look. */
export interface UnreadableLetter {
  readonly id: string;
  readonly why: string;
}
export interface DeadLetters {
  /** At most `limit` (1 to 10) in all. Each comes back after half a minute unless it is delivered again. */
  take(limit: number): Promise<{
    readonly letters: readonly DeadLetter[];
    readonly unreadable: readonly UnreadableLetter[];
  }>;
  /** Hands the event to its handler once more, then forgets it: handlers stand being told twice. */
  redeliver(letter: DeadLetter): Promise<void>;
}

/**
 * The audience as imports write it: whole generations that replace each other. The newest is read; names sort by time.
 * Throws ServiceUnavailable; what is broken off may be called again.
 */
export interface AudienceImports {
  /**
   * Opens a generation, or finds it open: how many people had been marked as written. Nothing when it is too late for it: a
   * newer one is read already, or it was given up.
   */
  open(generation: string, atMs: number): Promise<number | undefined>;
  /** Harmless when repeated. */
  put(generation: string, people: readonly Imported[]): Promise<void>;
  /** False when the generation was given up. */
  mark(generation: string, written: number, atMs: number): Promise<boolean>;
  /** From now on it is what `AudienceStore` reads, unless a newer one is: false. True again when it is already. */
  publish(generation: string, tally: AudienceTally, atMs: number): Promise<boolean>;
}
/** Taking people and their traces away, for good. Throws ServiceUnavailable. */
export interface AudienceRemoval {
  /**
   * Deletes rows of generations that nobody reads and nobody has touched since: replaced ones, and what a broken import left.
   * At most about `rowsMax`. Answers how many, and whether there are more.
   */
  sweep(
    untouchedSinceMs: number,
    rowsMax: number,
  ): Promise<{ readonly rows: number; readonly more: boolean }>;
  /** Takes a person out of every generation. Harmless when they are in none. */
  erase(userId: string): Promise<void>;
}

/** What is known about writing to people, apart from the audience, so that no import undoes it. Throws ServiceUnavailable. */
export interface Preferences {
  /** The person wants no announcements. The newest word counts, however late it comes. */
  optOut(person: string, atMs: number): Promise<void>;
  optIn(person: string, atMs: number): Promise<void>;
  /**
   * Mail does not arrive at the address that the person has now, or is not wanted there: another address may be tried after
   * `bounced`, none after `complained`.
   */
  unreachable(person: string, why: Unreachable, atMs: number): Promise<void>;
}
export type Unreachable = 'bounced' | 'complained';

/** A file in the bucket of uploads; `etag` says which one of those that had the key. */
export interface Upload {
  readonly key: string;
  readonly etag: string;
}
export interface Uploads {
  /** From its beginning, each time. Throws InvalidInput when it is no longer there, ServiceUnavailable. */
  read(upload: Upload): Promise<AsyncIterable<Uint8Array>>;
  /** What became of it, for whoever uploaded it. Throws ServiceUnavailable. */
  report(upload: Upload, report: object): Promise<void>;
}

/** One line per thing worth knowing; the codes are a catalogue. */
export interface Log {
  write(code: LogCode, fields: Readonly<Record<string, unknown>>): void;
}

export interface Ports {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly log: Log;
  readonly releases: ReleaseStore;
  readonly reader: ReleaseReader;
  readonly versions: Versions;
  readonly waits: WaitStore;
  readonly answers: Answers;
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
  readonly deadLetters: DeadLetters;
  readonly audienceImports: AudienceImports;
  readonly audienceRemoval: AudienceRemoval;
  readonly preferences: Preferences;
  readonly uploads: Uploads;
}
