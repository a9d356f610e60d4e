import { expect, it } from 'vitest';
import { withDesignTables } from '#cli/docs/design.ts';
import { textOf } from '#test/support/sources.ts';

it('docs/why/design.md has the tables that node cli/docs/generate.ts writes', () => {
  const page = textOf('docs/why/design.md');
  expect(page).toBe(withDesignTables(page));
});
