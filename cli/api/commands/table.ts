/** The commands of every operation of the API; the compiler refuses an operation of which nothing is said. */
import { type OperationName, operationNames } from '#functions/runtime/operations.ts';
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
  return 'none' in commands ? [] : commands.map((one) => ({ ...one, operation }) as ApiCommand);
}
