/** Whoever runs the plan's scripts. */
import type { Quoted } from '#domain/quoted.ts';

export interface ScriptCall {
  readonly path: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
  /**
   * Identifies the run (`markerOf`, at most 100 characters): the same marker again answers the same command and starts
   * nothing.
   */
  readonly marker: string;
  /** When the run was first asked for, epoch milliseconds: no command of the marker is older. */
  readonly askedAtMs: number;
}
export interface ScriptStatus {
  readonly marker: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly exitCode: number;
  /** The end of what it printed, at most 500 characters. */
  readonly summary: Quoted;
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
