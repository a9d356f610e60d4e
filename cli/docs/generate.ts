/** Writes what of the documentation is generated: run `node cli/docs/generate.ts` after a change of the plan, the machines or the API. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlan } from '../terminal/plan-argument.ts';
import { withTables } from './api.ts';
import { openApi } from './openapi/document.ts';
import { rehearsedExamples } from './openapi/examples.ts';
import { withPowers } from './security.ts';
import { stateMachinesPage } from './state-machines.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const plan = await loadPlan('technicia');
writeFileSync(join(docs, 'state-machines.md'), stateMachinesPage(plan));
const api = join(docs, 'api.md');
writeFileSync(api, withTables(readFileSync(api, 'utf8'), plan));
const security = join(docs, 'security.md');
writeFileSync(security, withPowers(readFileSync(security, 'utf8')));
const description = openApi(await rehearsedExamples(plan));
writeFileSync(join(docs, 'openapi.json'), `${JSON.stringify(description, null, 2)}\n`);
