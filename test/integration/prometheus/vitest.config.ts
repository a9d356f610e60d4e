/** Metrics from a real Prometheus; `prometheus` and `promtool` must be in the PATH (Debian: package `prometheus`). */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/integration/prometheus/*.it.ts'],
    globalSetup: ['test/integration/prometheus/server.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});
