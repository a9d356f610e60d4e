/** The state machines: waits and their tokens, executions, schedules, and events that nobody could handle. */
import type { Wait } from '#domain/rules/wait.ts';

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
