/** Tests against real programs of other people; slower than `npm test`, and they need Java. */
import { defineConfig } from 'vitest/config';

/** A test that hangs is ended by it; how busy the machine is decides nothing. */
const hangMs = 300_000;

export default defineConfig({
  test: {
    include: ['test/integration/dynamodb/*.it.ts'],
    // `RACE_ROUNDS=2000` looks longer.
    provide: { raceRounds: Number(process.env['RACE_ROUNDS'] ?? 200) },
    globalSetup: ['test/integration/dynamodb/local.ts'],
    testTimeout: hangMs,
    hookTimeout: hangMs,
    restoreMocks: true,
  },
});
