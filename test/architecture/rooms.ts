/** Who may import what: the table of section 3 of the design. `boundaries.test.ts` holds the tree to it, and Biome's rules too. */
import { sourcesIn } from '#test/support/sources.ts';

/** A room of the house, or a part of it that may import something else than the rest. */
export interface Room {
  readonly folder: string;
  /** Only these files of the folder, or all but these. */
  readonly only?: RegExp;
  readonly except?: RegExp;
  /** Prefixes of a folder (with what is below it), a file, `node:*`, or `npm:` and a package; `npm:` is any. */
  readonly may: readonly string[];
  readonly never?: readonly string[];
}

const sdk = ['npm:@aws-sdk/', 'npm:@smithy/', 'npm:aws-sdk'];
const cdk = [
  'npm:aws-cdk-lib',
  'npm:@aws-cdk/',
  'npm:aws-cdk',
  'npm:constructs',
  'npm:cdk-nag',
  'bin/',
  'lib/',
];

/** An entry point never knows another one, nor what stands behind a port. */
const entryPoint = [
  ...['functions/contracts/', 'functions/runtime/', 'application/', 'domain/', 'presentation/'],
  'npm:zod',
];
const noComposition = ['functions/runtime/powers/', 'functions/runtime/deployed.ts'];
/** Several operations behind one function. */
const groups = /-api\.ts$/;

/** Everything that runs, wherever: but what only AWS has. */
const runTime = [
  ...['application/', 'domain/', 'presentation/', 'statemachines/', 'functions/'],
  ...['mails/library.ts', 'plans/', 'rehearsal/', 'node:', 'npm:'],
];

export const rooms: readonly Room[] = [
  { folder: 'domain', may: ['domain/'] },
  // What people are told in words goes through a port; the one page is a rule on its way to `domain/rules/`.
  { folder: 'application', may: ['application/', 'domain/'] },
  { folder: 'presentation', may: ['presentation/', 'domain/'] },
  { folder: 'statemachines', may: ['statemachines/', 'domain/'] },
  { folder: 'functions/contracts', may: ['functions/contracts/', 'domain/', 'npm:zod', 'npm:csv-parse'] },
  {
    folder: 'functions/adapters',
    may: [
      ...['functions/adapters/', 'functions/contracts/', 'application/ports/', 'domain/'],
      ...['npm:@aws-sdk/', 'npm:@smithy/signature-v4', 'npm:@jmespath-community/jmespath'],
      ...['npm:nodemailer', 'npm:zod', 'node:crypto'],
    ],
  },
  { folder: 'functions/steps', may: entryPoint, never: noComposition },
  { folder: 'functions/events', may: entryPoint, never: noComposition },
  // The description of the API is served as it was committed.
  { folder: 'functions/api', may: [...entryPoint, 'docs/reference/openapi.json'], never: noComposition },
  {
    folder: 'functions/http',
    except: groups,
    may: [
      ...['functions/http/', 'functions/contracts/', 'functions/runtime/', 'application/', 'domain/'],
      ...['presentation/', 'npm:@middy/http-router', 'npm:zod', 'node:crypto'],
    ],
    never: noComposition,
  },
  { folder: 'functions/http', only: groups, may: ['functions/http/api.ts', 'functions/api/'] },
  {
    folder: 'functions/pages',
    may: ['functions/pages/', ...entryPoint, 'node:crypto'],
    never: noComposition,
  },
  // The list of all entry points; nothing else may know them all.
  {
    folder: 'functions/catalogue.ts',
    may: [
      ...['functions/steps/', 'functions/events/', 'functions/api/', 'functions/http/', 'functions/pages/'],
      // The names of the operations, none of which may be without its handler.
      ...['functions/runtime/operations.ts', 'functions/runtime/permission.ts'],
    ],
  },
  {
    folder: 'functions/runtime',
    except: /\/powers\//,
    may: [
      ...['functions/runtime/', 'functions/contracts/', 'application/', 'domain/', 'presentation/'],
      ...['npm:@middy/core', 'npm:zod', 'node:'],
    ],
  },
  // What stands behind each port on AWS.
  {
    folder: 'functions/runtime/powers',
    may: ['functions/runtime/', 'functions/adapters/', 'application/', 'domain/', 'presentation/', 'node:'],
  },
  { folder: 'rehearsal', may: runTime, never: [...sdk, ...cdk, 'functions/adapters/'] },
  {
    folder: 'cli',
    may: [...runTime, 'cli/', 'package.json'],
    never: [...sdk, ...cdk, 'functions/adapters/'],
  },
  {
    folder: 'plans',
    may: [
      ...['plans/', 'mails/library.ts', 'domain/', 'functions/contracts/', 'presentation/mail/'],
      ...['npm:yaml', 'npm:zod', 'node:fs'],
    ],
  },
  {
    folder: 'mails',
    may: [
      ...['mails/', 'domain/', 'application/ports/', 'presentation/mail/', 'presentation/messages/'],
      ...['npm:mjml', 'npm:mustache', 'node:fs', 'node:path'],
    ],
  },
  {
    folder: 'lib',
    may: [
      ...['lib/', 'statemachines/', 'domain/plan/', 'mails/library.ts'],
      // What exists and what it needs, by name; and plain data: the keys of the tables, what a template may hold.
      ...['application/port-groups.ts', 'domain/log.ts', 'domain/mailing/notice.ts', 'domain/unreachable.ts'],
      // What is wrong with a plan, said to whoever deploys it.
      ...['domain/coded.ts', 'plans/plan-file.ts', 'presentation/messages/findings/'],
      ...['functions/catalogue.ts', 'functions/http/gateway.ts', 'functions/runtime/definition.ts'],
      'functions/runtime/powers/bundled.ts',
      ...['functions/adapters/metrics/template.ts', 'functions/adapters/dynamodb/table-keys.ts'],
      ...['functions/adapters/s3/uploads-folders.ts'],
      ...['npm:aws-cdk-lib', 'npm:constructs', 'npm:esbuild', 'npm:zod', 'node:'],
      'npm:@jmespath-community/jmespath',
    ],
  },
  {
    folder: 'bin',
    may: ['lib/', 'domain/plan/', 'plans/', 'npm:aws-cdk-lib', 'npm:cdk-nag', 'node:path'],
  },
];

/** Folders of the design that do not exist yet. When one appears it takes its row of the design into `rooms`. */
export const notYet = ['simulation', 'web'];
/** Not part of what runs: these may import anything. */
export const free = ['test', 'bench'];

export const nameOf = ({ folder, only, except }: Room): string =>
  `${folder}${only ? ` (only ${only.source})` : except ? ` (but ${except.source})` : ''}`;

export const isIn = ({ folder, only, except }: Room, file: string): boolean =>
  (file === folder || file.startsWith(`${folder}/`)) &&
  (only?.test(file) ?? true) &&
  !(except?.test(file) ?? false);

export const filesOf = (room: Room): readonly string[] =>
  (room.folder.endsWith('.ts') ? [room.folder] : sourcesIn(room.folder)).filter((file) => isIn(room, file));

const begins = (target: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => target.startsWith(prefix));

/** `target` as `targetOf` says it. */
export const allows = ({ may, never = [] }: Room, target: string): boolean =>
  begins(target, may) && !begins(target, never);
