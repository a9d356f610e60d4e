import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withPowers } from '#cli/docs/security.ts';
import { root } from '#test/support/sources.ts';

const page = readFileSync(join(root, 'docs', 'operate', 'security.md'), 'utf8');

it('docs/operate/security.md has the powers that node cli/docs/generate.ts writes', () => {
  expect(page).toBe(withPowers(page));
  expect(page).toMatch(/\| `mail-job` \| .*\*\*mailer\*\*/);
});

it('a page without a place for them is refused', () => {
  expect(() => withPowers('# Security')).toThrow('<!-- powers: written by node cli/docs/generate.ts -->');
});
