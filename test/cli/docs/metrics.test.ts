import { expect, it } from 'vitest';
import { withMetricsTables } from '#cli/docs/metrics.ts';
import { textOf } from '#test/support/sources.ts';

it('docs/reference/metrics.md has the tables that node cli/docs/generate.ts writes', () => {
  const page = textOf('docs/reference/metrics.md');
  expect(page).toBe(withMetricsTables(page));
});
