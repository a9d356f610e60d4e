/** The release manager's guide: what it shows is what the commands answer. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { played } from './guide.ts';

it('docs/start/guide-release-manager.md shows real answers (node test/docs/write-guide.ts writes them)', async () => {
  const page = readFileSync(
    join(import.meta.dirname, '..', '..', 'docs', 'start', 'guide-release-manager.md'),
    'utf8',
  );
  expect(await played(page)).toBe(page);
});
