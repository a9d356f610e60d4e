/**
 * Writes what of the documentation is generated: run `node cli/docs/generate.ts` after a change of the plan, the machines, the API or
 * what is refused.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlan } from '../terminal/plan-argument.ts';
import { withTables } from './api.ts';
import { withDesignTables } from './design.ts';
import { withMetricsTables } from './metrics.ts';
import { openApi } from './openapi/document.ts';
import { rehearsedExamples } from './openapi/examples.ts';
import { withPictures } from './readme.ts';
import { withRefusals } from './refusals/page.ts';
import { withPowers } from './security.ts';
import { stateMachinesPage } from './state-machines.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const plan = await loadPlan('technicia');
const example = await loadPlan('example');
writeFileSync(join(docs, 'reference/state-machines.md'), stateMachinesPage(plan));
const pages: Readonly<Record<string, (page: string) => string | Promise<string>>> = {
  '../README.md': (page) => withPictures(page, example),
  'reference/api.md': (page) => withTables(page, plan),
  'why/design.md': withDesignTables,
  'reference/metrics.md': withMetricsTables,
  'reference/refusals.md': withRefusals,
  'operate/security.md': withPowers,
};
for (const [name, rewrite] of Object.entries(pages)) {
  const file = join(docs, name);
  writeFileSync(file, await rewrite(readFileSync(file, 'utf8')));
}
const description = openApi(await rehearsedExamples(plan));
writeFileSync(join(docs, 'reference/openapi.json'), `${JSON.stringify(description, null, 2)}\n`);
