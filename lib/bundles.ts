/**
 * A folder per function, as Lambda gets it: its definition, the powers that it needs, and of the SDK only what these use;
 * beside it the plan. Bundled here and not by `NodejsFunction`, because each is made for its definition's `needs`
 * (docs/why/adr/0007-a-bundle-is-its-powers.md).
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { Plan } from '#domain/plan/plan.ts';
import type { Bundled } from '#functions/runtime/powers/bundled.ts';
import { reportTemplate, templatesChecked } from '#mails/library.ts';
import { type Deployed, deployedFunctions } from './deployed-functions.ts';
import { providerNames } from './metrics/power.ts';
import { providersOf } from './metrics/providers.ts';
import type { Stage } from './stage.ts';

const root = join(import.meta.dirname, '..');

/** What differs between the bundles of two stages. */
export type Fitted = Pick<Stage, 'name' | 'scripts' | 'metrics' | 'alerts'>;

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
  const templates = JSON.stringify({ messages: templatesChecked(plan), report: reportTemplate() });
  await rm(into, { recursive: true, force: true });
  const made = await Promise.all(
    functions.map(async (one) => {
      const folder = join(into, one.name);
      const metafile = await bundleOne(one, bundledIn(one, plan, stage), folder);
      await writeFile(join(folder, 'plan.json'), JSON.stringify(plan));
      if (one.needs.includes('templates')) await writeFile(join(folder, 'templates.json'), templates);
      return [one.name, metafile] as const;
    }),
  );
  return { folder: (name) => join(into, name), metafiles: new Map(made) };
}

async function bundleOne(one: Deployed, bundled: Bundled, outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    stdin: { contents: entryOf(one), resolveDir: root, sourcefile: `${one.name}.ts`, loader: 'ts' },
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
    define: Object.fromEntries(definesOf(bundled)),
    plugins: [withoutUnreached],
    banner: { js: banner },
    logLevel: 'error',
  });
  return metafile;
}

/** The text of the module that a bundle begins with. */
const entryOf = ({ module, exported }: Deployed) =>
  [
    `import { ${exported} as definition } from './functions/${module}.ts';`,
    "import { deployed } from './functions/runtime/deployed.ts';",
    'export const handler = deployed(definition);',
  ].join('\n');

/** Every power that any function needs: of the others no bundle knows anything. */
const allPowers = new Set(deployedFunctions('webhook').flatMap(({ needs }) => needs));

const flags = <K extends string>(names: readonly K[], isOn: (name: K) => boolean) =>
  Object.fromEntries(names.map((name) => [name, isOn(name)])) as Readonly<Record<K, boolean>>;

/** What the bundle of a function is for. */
function bundledIn({ needs }: Deployed, plan: Plan, stage: Fitted): Bundled {
  const used = Object.values(providersOf(plan, stage));
  return {
    needs: flags([...allPowers], (power) => needs.includes(power)),
    runner: stage.scripts.runner,
    chats: stage.alerts.length > 0,
    providers: flags(providerNames, (name) => used.includes(name)),
  };
}

/** Each value by how the code asks for it, as esbuild takes it: `bundled.needs['mailer']`. */
const definesOf = (value: unknown, path = 'bundled'): readonly (readonly [string, string])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => definesOf(one, `${path}['${key}']`))
    : [[path, JSON.stringify(value)]];
