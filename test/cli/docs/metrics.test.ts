import { expect, it } from 'vitest';
import { withCohorts } from '#cli/docs/metrics.ts';
import { textOf } from '#test/support/sources.ts';

it('docs/reference/metrics.md has the table of cohorts that node cli/docs/generate.ts writes', () => {
  const page = textOf('docs/reference/metrics.md');
  expect(page).toBe(withCohorts(page));
});
