/** How the command ends, and what is the caller's mistake rather than ours. */

/**
 * - `completed`: the release (or the part asked for) was conducted, or there was nothing to conduct.
 * - `fault`: a defect of Jalon. `jalon lint` also uses 1: the plan has errors.
 * - `badInput`: an option, a file or a plan that cannot be used; the message says what to do.
 * - `rolledBack`: the release ended otherwise: rolled back, abandoned, aborted or rollback failed.
 * - `broken`: a ledger that is not whole.
 * - `interrupted`: Ctrl-C, as shells count it (128 + SIGINT).
 */
export const exitCodes = {
  completed: 0,
  fault: 1,
  badInput: 2,
  rolledBack: 3,
  broken: 4,
  interrupted: 130,
} as const;

/** The message names the value, what is allowed and what to do. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
