/**
 * Every scenario in bad weather, and people who order whatever comes to their mind, over many seeds: too long for `npm test`, run
 * by continuous integration.
 * `node test/scenarios/storm.ts [SEEDS]`, by default 6. Ends with one line `N passed, N failed`.
 */
import { readScenario, scenarioNames } from '#rehearsal/scenario.ts';
import { expectInvariants, rehearsalOf } from '#test/rehearsal/run.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { rehearsalOfPeople } from './people.ts';

const seeds = Number(process.argv[2] ?? 6);
if (!Number.isInteger(seeds) || seeds < 1 || seeds > 10_000) {
  process.stderr.write(`SEEDS is "${process.argv[2]}": give a whole number from 1 to 10000\n`);
  process.exit(2);
}
const chaos = { duplicate: 0.2, drop: 0.2, crash: 0.003, delaySecondsMax: 60 };
let passed = 0;
let failed = 0;
for (const name of scenarioNames()) {
  const scenario = readScenario(name);
  for (let seed = 100; seed < 100 + seeds; seed += 1) {
    try {
      const rehearsal = await rehearsalOf({ scenario, seed, chaos });
      if (rehearsal.release.status !== scenario.expect.outcome) {
        throw new Error(`ended ${rehearsal.release.status}, expected ${scenario.expect.outcome}`);
      }
      expectInvariants(rehearsal);
      passed += 1;
    } catch (error) {
      failed += 1;
      process.stdout.write(`✗ ${name}, seed ${seed}: ${error instanceof Error ? error.message : error}\n`);
    }
  }
}
const plan = readPlanForTest('technicia');
for (let seed = 100; seed < 100 + 3 * seeds; seed += 1) {
  const weather = seed % 2 === 0 ? { chaos } : {};
  try {
    expectInvariants(await rehearsalOfPeople({ plan, seed, users: 600, orders: 60, ...weather }));
    passed += 1;
  } catch (error) {
    failed += 1;
    process.stdout.write(
      `✗ random orders, seed ${seed}: ${error instanceof Error ? error.message : error}\n`,
    );
  }
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
