/** `npm run mails`: compiles every template into `mails/compiled/`. A test fails when one is stale. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSet, fileOf, setNames } from './sources.ts';

for (const set of setNames())
  writeFileSync(join(import.meta.dirname, 'compiled', `${set}.json`), fileOf(await compileSet(set)));
