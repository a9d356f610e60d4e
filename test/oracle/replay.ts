/**
 * Replays histories that AWS recorded on the rehearsal's engine: `npm run test:oracle [-- FOLDER]`. FOLDER
 * holds the cases or a folder `cases`; by default ../shared/asl-oracle beside the project. Exit code 1 when a
 * case failed, and also when none was examined.
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
  const failed: string[] = [];
  const skipped: string[] = [];
  const cases = readCases(folder);
  for (const oracleCase of cases) {
    try {
      const found = await replay(oracleCase);
      if (found.length > 0) failed.push(report(oracleCase.id, found));
    } catch (error) {
      if (error instanceof DefinitionRefused) skipped.push(`skipped ${oracleCase.id}: ${error.message}`);
      else
        failed.push(
          `FAILED ${oracleCase.id}\n  ${error instanceof Error ? (error.stack ?? error.message) : error}`,
        );
    }
  }
  for (const line of [...failed, ...skipped]) console.log(line);
  const passed = cases.length - failed.length - skipped.length;
  const tail = skipped.length === 0 ? '' : `, ${skipped.length} skipped`;
  console.log(`${passed} passed, ${failed.length} failed${tail}`);
  if (passed + failed.length === 0)
    console.error(`no case was examined in ${folder}: expected files *.json with cases`);
  if (failed.length > 0 || passed === 0) process.exitCode = 1;
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
