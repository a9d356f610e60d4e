/**
 * A folder per function, as Lambda gets it: its definition, the powers that it needs, and of the SDK only what these use;
 * beside it the plan. Bundled here and not by `NodejsFunction`, because each entry is generated from the definition's
 * `needs` (docs/adr/0007-a-bundle-is-its-powers.md).
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { Plan } from '#domain/plan/plan.ts';
import { reportTemplate, templatesChecked } from '#mails/library.ts';
import { type Deployed, deployedFunctions } from './catalogued.ts';
import { type Providers, providersOf } from './metrics/providers.ts';
import type { Stage } from './stage.ts';

const root = join(import.meta.dirname, '..');

/** What differs between the bundles of two stages. */
export type Fitted = Pick<Stage, 'name' | 'scripts' | 'metrics' | 'alerts'>;

/** The file of each power in `functions/runtime/powers/`; that of metrics is told its providers (`entryOf`). */
function fileOf(power: string, { scripts, alerts }: Fitted): string {
  if (power === 'notifier' && alerts.length > 0) return 'notifier.chats';
  return runnersOwn.includes(power) ? `${power}.${scripts.runner}` : kebab(power);
}
/** Powers that stand on another service with each runner. */
export const runnersOwn: readonly string[] = ['scripts', 'runs'];
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Loaded with the function, because nearly every call needs them; the others are loaded by their first call. */
const atStart: readonly string[] = ['releases', 'reader', 'waits'];

export interface Bundles {
  /** A folder per function, with `index.mjs`, its source map, `plan.json`, and for who sends mail `templates.json`. */
  readonly folder: (name: string) => string;
  /** By function, what went into its bundle: the proof of what it can do. */
  readonly metafiles: ReadonlyMap<string, Metafile>;
}

/** Lambda has its credentials in the environment; the SDK's search for others is a third of its size. */
const alias = { '@aws-sdk/credential-provider-node': join(root, 'functions/runtime/credentials.ts') };

/** For the few CommonJS modules inside. */
const banner =
  "import { createRequire as jalonRequire } from 'node:module'; const require = jalonRequire(import.meta.url);";

/** Modules of others that no call of ours reaches, and what stands in for them. */
const unreached: readonly (readonly [module: RegExp, instead: string])[] = [
  // Contracts are never made into JSON Schema at run time, and zod's code for it is a sixth of zod.
  [/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/, 'module.exports = {};'],
  // Types of attachments by file name, half of nodemailer's composer; a mail of ours is one text.
  [
    /nodemailer\/dist\/esm\/mime-funcs\/mime-types\.js$/,
    "export const detectMimeType = () => 'application/octet-stream'; export const detectExtension = () => 'bin';",
  ],
  // DynamoDB's client makes itself a memory for endpoints that it discovers, and none of its commands discovers any.
  [/@aws-sdk\/endpoint-cache\/dist-es\/EndpointCache\.js$/, 'export class EndpointCache {}'],
];
export const withoutUnreached: Plugin = {
  name: 'without-unreached',
  setup: ({ onLoad }) => {
    for (const [filter, contents] of unreached) onLoad({ filter }, () => ({ contents }));
    // A client tells its version, and nothing else of its package.
    onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/**
 * Everything of a plan for a stage, or some of it, below a folder that is emptied first. Throws RangeError when the plan and
 * the stage do not fit, or a message's template cannot be rendered.
 */
export async function bundle(
  plan: Plan,
  stage: Fitted,
  into: string,
  functions: readonly Deployed[] = deployedFunctions(stage.scripts.runner),
): Promise<Bundles> {
  const providers = providersOf(plan, stage);
  const templates = JSON.stringify({ messages: templatesChecked(plan), report: reportTemplate() });
  await rm(into, { recursive: true, force: true });
  const made = await Promise.all(
    functions.map(async (one) => {
      const folder = join(into, one.name);
      const metafile = await bundleOne(one, entryOf(one, stage, providers), folder);
      await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
      if (one.needs.includes('templates')) await writeFile(join(folder, 'templates.json'), templates);
      return [one.name, metafile] as const;
    }),
  );
  return { folder: (name) => join(into, name), metafiles: new Map(made) };
}

async function bundleOne(one: Deployed, entry: string, outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    stdin: { contents: entry, resolveDir: root, sourcefile: `${one.name}.ts`, loader: 'ts' },
    outdir,
    entryNames: 'index',
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    alias,
    plugins: [withoutUnreached],
    banner: { js: banner },
    logLevel: 'error',
  });
  return metafile;
}

/** Apart, so that no reader of imports takes the text below for one of this file. */
const opening = '(';

/** The composition of one function: the text of the module that its bundle begins with. */
function entryOf({ needs, module, exported }: Deployed, stage: Fitted, providers: Providers): string {
  const from = (file: string) => `from ${JSON.stringify(`./functions/${file}.ts`)}`;
  const powerFile = (power: string) => `runtime/powers/${fileOf(power, stage)}`;
  const imported = (file: string) => `import${opening}${JSON.stringify(`./functions/${file}.ts`)})`;
  const lazily = (file: string) => `lazily(() => ${imported(file)})`;
  const sources = Object.entries(providers).map(
    ([kind, provider]) => `${JSON.stringify(kind)}: ${lazily(powerFile(`metrics.${provider}`))}`,
  );
  const metrics = `{ provide: among({ ${sources.join(', ')} }) }`;
  const later = needs.filter((power) => !atStart.includes(power) && power !== 'metrics');
  const now = needs.filter((power) => atStart.includes(power));
  return [
    `import { ${exported} as definition } ${from(module)};`,
    `import { deployed, lazily } ${from('runtime/deployed')};`,
    ...now.map((power) => `import { provide as ${power} } ${from(powerFile(power))};`),
    'export const handler = deployed(definition, {',
    ...now.map((power) => `  ${power},`),
    ...later.map((power) => `  ${power}: ${lazily(powerFile(power))},`),
    ...(needs.includes('metrics')
      ? [`  metrics: lazily(() => ${imported(powerFile('metrics'))}.then(({ among }) => (${metrics}))),`]
      : []),
    '});',
  ].join('\n');
}
