import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withTables } from '#cli/docs/api.ts';
import { technicia } from '../story.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'api.md'), 'utf8');

it('docs/reference/api.md has the tables that node cli/docs/generate.ts writes', () => {
  expect(withTables(page, technicia)).toBe(page);
  expect(() => withTables(page.replace('<!-- end of roles -->', ''), technicia)).toThrow(/no table between/);
});
