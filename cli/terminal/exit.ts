/** How the command ends, and what is the caller's mistake rather than ours. */

/**
 * - `completed`: the release (or the part asked for) was conducted, or there was nothing to conduct.
 * - `fault`: a defect of Jalon. `jalon lint` also uses 1: the plan has errors.
 * - `badInput`: an option, a file or a plan that cannot be used; the message says what to do.
 * - `rolledBack`: the release ended otherwise: rolled back, abandoned, aborted or rollback failed.
 * - `broken`: a ledger that is not whole.
 * - `notPermitted`: the API does not know who asks, or they may not.
 * - `notNow`: the release does not allow it now.
 * - `unreachable`: the API did not answer, or cannot for a while; the same command may be run again.
 * - `interrupted`: Ctrl-C, as shells count it (128 + SIGINT).
 */
export const exitCodes = {
  completed: 0,
  fault: 1,
  badInput: 2,
  rolledBack: 3,
  broken: 4,
  notPermitted: 5,
  notNow: 6,
  unreachable: 7,
  interrupted: 130,
} as const;

/** Ends the command with a code of its own. The message names the value, what is allowed and what to do. */
export class CommandFailed extends Error {
  override readonly name: string = 'CommandFailed';
  readonly exitCode: number;
  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The message names the value, what is allowed and what to do. */
export class BadInput extends CommandFailed {
  override readonly name = 'BadInput';
  constructor(message: string, options?: ErrorOptions) {
    super(exitCodes.badInput, message, options);
  }
}
