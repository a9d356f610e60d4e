/** What went wrong, said to whoever ran the command. */
import { CommanderError } from 'commander';
import { CommandFailed, exitCodes } from './exit.ts';
import type { Io } from './io.ts';

/** Answers the exit code of what went wrong, having said it. */
export function failed(error: unknown, io: Io): number {
  if (error instanceof CommandFailed) {
    io.stderr(`jalon: ${error.message}\n`);
    return error.exitCode;
  }
  // Commander has spoken already; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.badInput;
  io.stderr(`jalon: this is a fault of Jalon, please report it with the command you ran.\n${fault(error)}\n`);
  return exitCodes.fault;
}

/** An error with the first of those that it gathers and what caused each. */
function fault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  const told = error.stack ?? error.message;
  return inner === undefined ? told : `${told}\nbecause of ${fault(inner)}`;
}
