/** The commands of every operation of the API; the compiler refuses an operation of which nothing is said. */
import type { OperationName } from '#domain/refusals/operation-names.ts';
import { isCommand, operationNames } from '#functions/runtime/operations.ts';
import type { ApiCommand, CommandsOf } from '../command-spec.ts';
import { reads } from '../queries.ts';
import { incidentActs } from './incident.ts';
import { phaseActs } from './phase.ts';
import { releaseActs } from './release.ts';

export const commandsOf: CommandsOf = { ...reads, ...releaseActs, ...phaseActs, ...incidentActs };

/** Every command that is one request. */
export const rows: readonly ApiCommand[] = operationNames.flatMap(rowsOf);

function rowsOf(operation: OperationName): readonly ApiCommand[] {
  const commands = commandsOf[operation];
  if ('none' in commands) return [];
  return commands.map((one) => ({ name: nameOf(operation), ...one, operation }) as ApiCommand);
}

/** A command is named like its operation, without what is meant anyway; a read is what it reads. */
function nameOf(operation: OperationName): string {
  return isCommand(operation)
    ? operation.replace(/-(release|phase|item|gate)$/, '')
    : operation.replace(/^(list|read|check)-/, '');
}
