import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stateMachinesPage } from '#cli/docs/state-machines.ts';
import { technicia } from '../story.ts';

it('docs/reference/state-machines.md is what node cli/docs/generate.ts writes', () => {
  const committed = readFileSync(
    join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'state-machines.md'),
    'utf8',
  );
  expect(committed).toBe(stateMachinesPage(technicia));
});
