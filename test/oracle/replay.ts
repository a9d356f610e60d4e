/**
 * Replays histories that AWS recorded on the rehearsal's engine: `npm run test:oracle [-- FOLDER]`. FOLDER
 * holds the cases or a folder `cases`; by default ../shared/asl-oracle beside the project. Exit code 1 when a
 * case failed or was skipped without a reason in verdict.ts, and also when none was examined.
 */

import { resolve } from 'node:path';
import type { Json } from '#domain/json.ts';
import { Engine } from '#rehearsal/asl/engine.ts';
import { DefinitionRefused } from '#rehearsal/asl/errors.ts';
import { loadMachine } from '#rehearsal/asl/load.ts';
import type { Machine } from '#rehearsal/asl/machine.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { type Behaviour, type OracleCase, readCases, substitute } from './case.ts';
import { compare } from './compare.ts';
import type { Difference } from './pattern.ts';
import { SimulatedFunctions } from './simulated-functions.ts';
import { type Outcome, verdictOf } from './verdict.ts';

const startMs = Date.UTC(2026, 0, 5, 9);
const eventsMax = 10_000;

async function replay(oracleCase: OracleCase): Promise<readonly Difference[]> {
  const {
    definition,
    input,
    functions,
    stateMachines = {},
    operations = [],
    expected,
  } = substitute(oracleCase as unknown as Json) as unknown as OracleCase;
  const machine = loadMachine(definition);
  const machines = new Map<string, Machine>(
    Object.entries(stateMachines).map(([arn, child]) => [arn, loadMachine(child)]),
  );
  const clock = new VirtualClock(startMs);
  const tokens = new Set<string>();
  const simulated: SimulatedFunctions = new SimulatedFunctions(
    new Map<string, Behaviour>(Object.entries(functions)),
    clock,
    () => engine,
    tokens,
  );
  const engine = new Engine({
    clock,
    invoke: (name, payload) => simulated.invoke(name, payload),
    resolveMachine: (arn) => machines.get(arn),
    random: () => 0.5,
    uuid: () => {
      const uuid = `00000000-0000-4000-8000-${String(tokens.size + 1).padStart(12, '0')}`;
      tokens.add(uuid);
      return uuid;
    },
  });
  const stateMachineArn = 'arn:aws:states:eu-west-3:000000000000:stateMachine:under-test';
  const execution = engine.start({ machine, stateMachineArn, name: 'replay', input });
  for (const { afterSeconds, stopExecution } of operations) {
    clock.after(afterSeconds * 1000, () => {
      if (stopExecution !== undefined) engine.stop(execution, stopExecution);
    });
  }
  await clock.runUntil(() => execution.status !== 'RUNNING', { eventsMax });
  return compare(expected, execution);
}

async function main(folder: string): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const oracleCase of readCases(folder)) outcomes.push(await outcomeOf(oracleCase));
  const { green, lines } = verdictOf(outcomes);
  for (const line of lines) console.log(line);
  if (outcomes.length === 0)
    console.error(`no case was examined in ${folder}: expected files *.json with cases`);
  if (!green) process.exitCode = 1;
}

async function outcomeOf(oracleCase: OracleCase): Promise<Outcome> {
  const { id } = oracleCase;
  try {
    const found = await replay(oracleCase);
    return found.length === 0 ? { id, as: 'passed' } : { id, as: 'failed', says: report(id, found) };
  } catch (error) {
    if (error instanceof DefinitionRefused) return { id, as: 'refused', says: error.message };
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, as: 'failed', says: `FAILED ${id}\n  ${why}` };
  }
}

function report(id: string, found: readonly Difference[]): string {
  const lines = found.map(({ path, expected, actual }) => `  ${path}\n    - ${expected}\n    + ${actual}`);
  return [`FAILED ${id}   (- AWS, + rehearsal)`, ...lines].join('\n');
}

const folder = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../../../shared/asl-oracle'));
try {
  await main(folder);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
