/** A release whose phase `build` runs the script `deploy`, on a runner of the test's choice; no state machine, no AWS. */

import type { Ports } from '#application/ports/ports.ts';
import type { ScriptRunner } from '#application/ports/scripts.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { runScript } from '#functions/steps/run-script.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { SimulatedSchedules } from '#rehearsal/world/cloud.ts';
import { MemoryReleaseStore } from '#rehearsal/world/release-store.ts';
import { MemoryWaitStore } from '#rehearsal/world/wait-store.ts';
import { record } from '#test/support/hashed.ts';
import { admitted, at } from './builders.ts';
import { smallPlan } from './plans.ts';

export const marker = 'r1/build.1.script.deploy';

export async function scriptBench(scripts: ScriptRunner, more: Partial<Ports> = {}, nowMs = Date.parse(at)) {
  const plan = smallPlan({
    scripts: { deploy: { path: 'deploy.ps1', arguments: { Version: '{{version}}' }, timeoutMinutes: 30 } },
  });
  const clock = new VirtualClock(nowMs);
  const releases = new MemoryReleaseStore();
  const opened = record('r1', [admitted, { type: 'phase.opened', phase: 'build', attempt: 1 }], {
    at,
    actor: 'user:ada',
  });
  await releases.commit(undefined, opened.next, opened.entries);
  /** What Step Functions was told. */
  const told: unknown[] = [];
  const logged: string[] = [];
  const tasks = {
    succeed: async (token: string, output: unknown) => void told.push([token, output]),
    heartbeat: async () => {},
  };
  const ports = {
    plan,
    clock,
    log: { write: (code: string) => void logged.push(code) },
    sha256,
    sayRefusal,
    releases,
    waits: new MemoryWaitStore(),
    schedules: new SimulatedSchedules(clock, () => {}),
    tasks,
    scripts,
    runs: scripts,
    ...more,
  } as unknown as Ports;
  const call = (definition: unknown, event: unknown) => handlerOf(definition as Definition, ports)(event);
  return {
    ports,
    told,
    logged,
    facts: () => releases.ledger('r1').map(({ fact }) => fact),
    call,
    /** What the state "Run deploy in build" does. */
    run: () =>
      call(runScript, {
        contract: 1,
        releaseId: 'r1',
        phase: 'build',
        attempt: 1,
        token: 'token-1',
        script: 'deploy',
      }),
  };
}
