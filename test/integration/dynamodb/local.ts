/**
 * DynamoDB Local for as long as the tests, or a benchmark, run: Amazon's jar (npm package `amplify-dynamodb-simulator`; its licence allows
 * use, not redistribution) on a free port, in memory, without telemetry. It has no option for the interface, so it listens
 * on all of them; clients use 127.0.0.1. Needs Java 17 in the PATH.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { freePort } from '#test/support/free-port.ts';
import { mustHave, type Need, npmPackage, program } from '#test/support/needed.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly dynamodb: string;
  }
}

const { resolve } = createRequire(import.meta.url);
const startMsMax = 300_000;
const simulator = 'amplify-dynamodb-simulator';

export const dynamoDbLocalNeeds: readonly Need[] = [
  program('java', 'apt-get install openjdk-17-jre-headless'),
  npmPackage(simulator, '2.9.30'),
];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { endpoint, stop } = await dynamoDbLocal();
  project.provide('dynamodb', endpoint);
  return stop;
}

/** Throws NotHere without Java or the jar, an Error when there is no answer within five minutes. */
export async function dynamoDbLocal(): Promise<{
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}> {
  mustHave(dynamoDbLocalNeeds);
  const port = await freePort();
  const emulator = join(dirname(resolve(simulator)), 'emulator');
  const local = spawn(
    'java',
    [
      '-Djava.library.path=DynamoDBLocal_lib',
      ...['-jar', 'DynamoDBLocal.jar', '-inMemory', '-disableTelemetry', '-port', String(port)],
    ],
    { cwd: emulator, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // A test run that is killed must not leave it behind.
  const kill = () => void local.kill('SIGKILL');
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilItAnswers(local, endpoint);
  const stop = async () => {
    process.off('exit', kill);
    if (local.exitCode !== null) return;
    local.kill('SIGTERM');
    await once(local, 'exit');
  };
  return { endpoint, stop };
}

async function untilItAnswers(local: ChildProcess, endpoint: string): Promise<void> {
  let said = '';
  let failure: Error | undefined;
  local.stderr?.on('data', (text: Buffer) => {
    said = `${said}${text}`.slice(-2000);
  });
  local.once('error', (error) => {
    failure = error;
  });
  for (let waitedMs = 0; waitedMs < startMsMax; waitedMs += 200) {
    if (failure)
      throw new Error('DynamoDB Local did not start: Java 17 is needed in the PATH', { cause: failure });
    if (local.exitCode !== null) throw new Error(`DynamoDB Local ended with ${local.exitCode}: ${said}`);
    // Any answer will do; an unsigned request is refused.
    if (await fetch(endpoint).then(Boolean, () => false)) return;
    await sleep(200);
  }
  local.kill('SIGKILL');
  throw new Error(`DynamoDB Local did not answer within ${startMsMax / 1000} s: ${said}`);
}
