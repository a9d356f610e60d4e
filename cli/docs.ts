/** Writes `docs/state-machines.md`: run `node cli/docs.ts` after a change of the plan or of the machines. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlan } from './plan-argument.ts';
import { stateMachinesPage } from './state-machines-page.ts';

const path = join(import.meta.dirname, '..', 'docs', 'state-machines.md');
writeFileSync(path, stateMachinesPage(await loadPlan('technicia')));
