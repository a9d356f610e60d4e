import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    provide: { propertySeed: process.env['PROPERTY_SEED'] },
    testTimeout: 20_000,
    restoreMocks: true,
    // One core is left to the runner otherwise, which hardly needs it: of two, that is half of the time.
    maxWorkers: availableParallelism(),
  },
});
