/** What a bundle is made of, where that is more than its imports say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundle, withoutUnreached } from '#lib/bundles.ts';
import { deployedFunctions } from '#lib/deployed-functions.ts';
import { loadPlan } from '#plans/plan-file.ts';
import { root } from '#test/support/sources.ts';
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

/** Asks nobody: a handler of its own takes the request. */
const client = `
  import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
  export async function hostAsked() {
    let host = '';
    const handle = async (request) => {
      host = request.hostname;
      throw new Error('nobody is asked');
    };
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' };
    const settings = { region: 'eu-west-3', credentials, maxAttempts: 1, requestHandler: { handle } };
    await new DynamoDBClient(settings).send(new GetItemCommand({ TableName: 'releases', Key: {} })).catch(() => {});
    return host;
  }
`;

describe('the table of powers', () => {
  it('is settled in a bundle: none is left that the bundler was not told about', () => {
    const code = readFileSync(join(into, 'mail-job', 'index.mjs'), 'utf8');
    expect(Object.keys(metafile?.inputs ?? {})).toContain('functions/runtime/powers/powers.ts');
    expect(code).not.toMatch(/\bbundled\b/);
  });
});

describe('modules that no call of ours reaches', () => {
  /** Of what stands in for one. */
  const bytesMax = 200;

  it.each([
    'zod/v4/core/to-json-schema.js',
    'zod/v4/core/json-schema-processors.js',
    '@aws-sdk/endpoint-cache/dist-es/EndpointCache.js',
    'nodemailer/dist/esm/mime-funcs/mime-types.js',
  ])('%s is hardly there', (module) => {
    expect(Object.keys(metafile?.inputs ?? {}).some((file) => file.endsWith(module))).toBe(true);
    expect(bytes(module)).toBeLessThan(bytesMax);
  });

  it('are not missed by a request to AWS itself, where an endpoint could be discovered', async () => {
    const file = join(folderForNow(), 'client.mjs');
    await build({
      stdin: { contents: client, resolveDir: root, sourcefile: 'client.ts', loader: 'ts' },
      outfile: file,
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      plugins: [withoutUnreached],
    });
    const { hostAsked } = (await import(file)) as { hostAsked: () => Promise<string> };
    expect(await hostAsked()).toBe('dynamodb.eu-west-3.amazonaws.com');
  });
});
