/**
 * The API for a contract fuzzer: Technicia's release in the middle of its first day in production, and one person who holds
 * every role. Prints its address and serves until it is stopped.
 *
 *   node test/contract/server.ts 4010
 */
import { rehearse } from '#rehearsal/rehearse.ts';
import { apiServer } from '#rehearsal/server.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const dayMs = 86_400_000;
const plan = readPlanForTest('technicia');
const { world } = await rehearse({ plan, seed: 1, users: 200, untilPhase: 'production-10' });
await world.clock.runFor(dayMs);

/** The only token there is; whoever sends another one is turned away, as the gateway would. */
const token = 'everybody';
const claims = { username: 'ada', 'cognito:groups': `[${Object.keys(plan.roles).join(' ')}]` };
const server = apiServer(world, (bearer) => (bearer === token ? claims : undefined));
const port = Number(process.argv[2] ?? 0);
server.listen(port, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`);
});
