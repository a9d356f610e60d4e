/** Writes the answers of today into the guide. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { played } from './guide.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'start', 'guide-release-manager.md');
writeFileSync(file, await played(readFileSync(file, 'utf8')));
