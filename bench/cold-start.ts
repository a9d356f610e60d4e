/**
 * How long each function takes to start, as Lambda starts it: a fresh Node process that loads the bundle and asks the
 * Runtime API for its first event. Beside it, in the same run and by turns, a handler that does nothing.
 *
 *   npm run bench:cold-start
 *
 * Limits that the project set itself: what a step or an API function loads at its start is at most 400 kB, and the start
 * takes at most 2.5 times that of the handler that does nothing. Seconds are the machine's; the ratio is for the code.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Metafile } from 'esbuild';
import { deployedFunctions } from '#lib/deployed-functions.ts';
import { synthesize } from '#test/infra/synthesized.ts';
import { runtimeApi } from './cold-start/runtime-api.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '7' }, quick: { type: 'boolean', default: false } },
});
const runs = values.quick ? 3 : Number(values.runs);
if (!Number.isInteger(runs) || runs < 1 || runs > 100)
  throw new RangeError(`--runs ${values.runs}: a whole number from 1 to 100 is allowed`);
const limit = { kilobytes: 400, ratio: 2.5 } as const;
const bootstrap = join(import.meta.dirname, 'cold-start', 'bootstrap.mjs');

/** Milliseconds from the start of the process until it asks for an event. */
async function startMs(file: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const api = await runtimeApi({});
  const from = performance.now();
  const child = spawn(process.execPath, [bootstrap, file], {
    env: { PATH: process.env['PATH'], AWS_LAMBDA_RUNTIME_API: api.address, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const died = new Promise<never>((_, reject) =>
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`${file} ended with ${code}: ${said.slice(0, 500)}`));
    }),
  );
  try {
    const ready = await Promise.race([api.ready(), died]);
    await Promise.race([api.answered(), died]);
    return ready - from;
  } finally {
    child.kill();
    api.close();
  }
}

/** What the code needs; what is above it is the machine's other work. */
const fastest = (numbers: readonly number[]) => Math.min(...numbers);

/** Bytes of `index.mjs` and of all that it imports at once, and of the whole folder. */
function sizes({ outputs }: Metafile): { readonly atStart: number; readonly all: number } {
  const code = Object.entries(outputs).filter(([file]) => file.endsWith('.mjs'));
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && !external) load(path);
  };
  const [entry] = code.find(([file]) => file.endsWith('/index.mjs')) ?? [];
  if (entry === undefined) throw new Error('a bundle without index.mjs');
  load(entry);
  const bytes = (files: Iterable<string>) =>
    [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
  return { atStart: bytes(loaded), all: bytes(code.map(([file]) => file)) };
}

const { bundles, resources, stage } = await synthesize();
const hello = mkdtempSync(join(tmpdir(), 'jalon-hello-'));
const helloFile = join(hello, 'index.mjs');
writeFileSync(helloFile, 'export const handler = async () => ({ ok: true });\n');

/** As in the template; what only AWS could fill in is any text. */
function environmentOf(name: string): Readonly<Record<string, string>> {
  const lambda = Object.values(resources('AWS::Lambda::Function')).find(({ Properties }) =>
    String(Properties['FunctionName']).endsWith(`-test-${name}`),
  );
  const { Variables = {} } = (lambda?.Properties['Environment'] ?? {}) as {
    Variables?: Record<string, unknown>;
  };
  const set = Object.entries(Variables).map(
    ([key, value]) => [key, typeof value === 'string' ? value : '{}'] as const,
  );
  return {
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    ...Object.fromEntries(set),
  };
}

const row = (...cells: readonly string[]) =>
  process.stdout.write(
    `${cells.map((cell, index) => (index === 0 ? cell.padEnd(26) : cell.padStart(13))).join('')}\n`,
  );
row('function', 'kB at start', 'kB in all', 'ms', 'x hello', '');

let slow = 0;
let large = 0;
const helloRuns: number[] = [];
for (const { name, kind } of deployedFunctions(stage.scripts.runner)) {
  const metafile = bundles.metafiles.get(name);
  if (!metafile) throw new Error(`no bundle of ${name}`);
  const environment = environmentOf(name);
  const own: number[] = [];
  const empty: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    empty.push(await startMs(helloFile, {}));
    own.push(await startMs(join(bundles.folder(name), 'index.mjs'), environment));
  }
  helloRuns.push(...empty);
  const { atStart, all } = sizes(metafile);
  const ratio = fastest(own) / fastest(empty);
  const measured = kind !== 'event';
  if (measured && ratio > limit.ratio) slow += 1;
  if (measured && atStart > limit.kilobytes * 1000) large += 1;
  const verdict = measured && (ratio > limit.ratio || atStart > limit.kilobytes * 1000) ? 'OVER' : '';
  row(
    name,
    (atStart / 1000).toFixed(0),
    (all / 1000).toFixed(0),
    fastest(own).toFixed(0),
    ratio.toFixed(2),
    verdict,
  );
}
row(
  'hello world',
  (readFileSync(helloFile).length / 1000).toFixed(0),
  '',
  fastest(helloRuns).toFixed(0),
  '1.00',
  '',
);
rmSync(hello, { recursive: true, force: true });
process.stdout.write(
  `\nlimits for steps and API: ${limit.kilobytes} kB at start, ${limit.ratio} x hello world; over: ${large} by size, ${slow} by time\n`,
);
// Time is the machine's; size is the code's.
process.exitCode = large === 0 ? 0 : 1;
