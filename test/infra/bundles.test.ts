/** What a bundle is made of, where that is more than its imports say. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundle } from '#lib/bundles.ts';
import { deployedFunctions } from '#lib/catalogued.ts';
import { loadPlan } from '#plans/plan-file.ts';
import { folderForNow, stageOf } from './synthesized.ts';

const functions = deployedFunctions('run-command').filter(({ name }) => name === 'mail-job');
const into = join(folderForNow(), 'bundles');
const { metafiles } = await bundle(loadPlan('plans/technicia.yaml'), stageOf(), into, functions);
const metafile = metafiles.get('mail-job');
/** Bytes in the bundle, by module; nothing for one that is read and left out. */
const bytes = (module: string) =>
  Object.values(metafile?.outputs ?? {})
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([file]) => file.endsWith(module))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);

describe('modules that no call of ours reaches', () => {
  /** Of what stands in for one. */
  const bytesMax = 200;

  it.each([
    'zod/v4/core/to-json-schema.js',
    'zod/v4/core/json-schema-processors.js',
    'nodemailer/dist/esm/mime-funcs/mime-types.js',
  ])('%s is hardly there', (module) => {
    expect(Object.keys(metafile?.inputs ?? {}).some((file) => file.endsWith(module))).toBe(true);
    expect(bytes(module)).toBeLessThan(bytesMax);
  });
});
