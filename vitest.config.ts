import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Folders of `test/` whose files take longer than a commit may wait: each is run by `npm run test:<name>`, all by `.ci/run`. */
const suites = ['properties', 'scenarios', 'processes', 'infra', 'docs'];
const filesIn = (folder: string) => `test/${folder}/**/*.test.ts`;

/** A test that hangs is ended by it; how busy the machine is decides nothing. */
const hangMs = 300_000;

export default defineConfig({
  test: {
    restoreMocks: true,
    setupFiles: ['test/support/property-seed.ts'],
    provide: { propertySeed: process.env['PROPERTY_SEED'] },
    testTimeout: hangMs,
    hookTimeout: hangMs,
    // Modules are evaluated once per worker, not once per file: no test may leave anything behind in one.
    isolate: false,
    // One core is left to the runner otherwise, which hardly needs it: of two, that is half of the time.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          // The properties are tried here too, a few times each.
          exclude: suites.filter((name) => name !== 'properties').map(filesIn),
          provide: { tries: 'few', suites },
        },
      },
      ...suites.map((name) => ({
        extends: true as const,
        test: { name, include: [filesIn(name)], provide: { tries: 'all' as const, suites } },
      })),
    ],
  },
});
