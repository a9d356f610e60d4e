/**
 * A contract fuzzer that is not ours against the API (schemathesis 4, from PyPI): all its checks, against Technicia's release
 * in the middle of its first day in production, with one person who holds every role. Ends as the fuzzer does,
 * with 2 when it is not there.
 *
 *   node test/contract/run.ts path/to/schemathesis --max-examples 30
 *   node test/contract/run.ts            only serves, until it is stopped
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { dayMs } from '#domain/time.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import { apiServer } from '#rehearsal/server.ts';
import { haveOrEnd, program } from '#test/support/needed.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const [fuzzer, ...options] = process.argv.slice(2);
if (fuzzer !== undefined) haveOrEnd([program(fuzzer, 'pip install schemathesis==4.32.5')]);

const plan = readPlanForTest('technicia');
const { world } = await rehearse({ plan, seed: 1, users: 200, untilPhase: 'production-10' });
await world.clock.runFor(dayMs);

/** The only token there is; whoever sends another one is turned away, as the gateway would. */
const token = 'everybody';
const claims = { username: 'ada', 'cognito:groups': `[${Object.keys(plan.roles).join(' ')}]` };
const server = apiServer(world, (bearer) => (bearer === token ? claims : undefined));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
if (fuzzer === undefined) {
  console.log(address);
} else {
  const config = ['--config-file', 'test/contract/schemathesis.toml'];
  const given = [...config, 'run', 'docs/reference/openapi.json', '--url', address, ...options];
  const [code] = await once(spawn(fuzzer, given, { stdio: 'inherit' }), 'exit');
  server.close();
  server.closeAllConnections();
  process.exitCode = Number(code ?? 1);
}
