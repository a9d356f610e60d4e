/** Metrics from a real Prometheus; `prometheus` and `promtool` must be in the PATH (Debian: package `prometheus`). */
import { defineConfig } from 'vitest/config';

/** A test that hangs is ended by it; how busy the machine is decides nothing. */
const hangMs = 300_000;

export default defineConfig({
  test: {
    include: ['test/integration/prometheus/*.it.ts'],
    globalSetup: ['test/integration/prometheus/server.ts'],
    testTimeout: hangMs,
    hookTimeout: hangMs,
    restoreMocks: true,
  },
});
