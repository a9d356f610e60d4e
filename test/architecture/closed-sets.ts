/**
 * Closed sets are closed: to a copy of the tree a member is added to each, and the compiler must refuse it in every table that
 * the member needs, by its name. Only the product is compiled, so nothing here is refused for a test's sake.
 *
 * `npm run test:closed-sets`; ends with 1 when a set lets a member in that a table does not have.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#test/support/sources.ts';

interface ClosedSet {
  readonly of: string;
  readonly file: string;
  /** Where the member goes, found once in the file; `$&` of what replaces it is what was found. */
  readonly at: RegExp;
  readonly added: string;
  /** As the compiler will name it. */
  readonly member: string;
  /** What every member needs, and the file (or folder) that has it for each. */
  readonly tables: Readonly<Record<string, string>>;
}

const sets: readonly ClosedSet[] = [
  {
    of: 'kinds of wait',
    file: 'domain/rules/wait.ts',
    at: /waitKinds = \[/,
    added: "$& 'probe-wait',",
    member: 'probe-wait',
    tables: {
      'orders that it takes': 'domain/rules/wait.ts',
      'who looks at it': 'application/reconcile-waits.ts',
      'what can be done about it, in English': 'presentation/messages/refusals/not-allowed-now.english.ts',
      'what can be done about it, in French': 'presentation/messages/refusals/not-allowed-now.french.ts',
      page: 'cli/docs/design.ts',
    },
  },
  {
    of: 'facts',
    file: 'domain/ledger/facts.ts',
    at: /export type Fact =\s*\|?/,
    added: "export type Fact =\n  | { readonly type: 'probe.happened' }\n  |",
    member: 'probe.happened',
    tables: {
      projection: 'domain/ledger/replay.ts',
      'words of people': 'domain/ledger/words.ts',
      'sentence or why none': 'presentation/timeline/',
    },
  },
  {
    of: 'names of operations',
    file: 'domain/refusals/operation-names.ts',
    at: /export type OperationName =/,
    added: "$&\n  | 'probe-operation'\n  | 'probe-bare'",
    member: 'probe-operation',
    tables: {
      'sentence in English': 'presentation/messages/refusals/operations.english.ts',
      'sentence in French': 'presentation/messages/refusals/operations.french.ts',
    },
  },
  {
    of: 'operations',
    file: 'functions/runtime/operations.ts',
    at: /export const operations = \{/,
    added:
      "$& 'probe-operation': toRelease('/probe', conductors, 'probe'), 'probe-bare': { method: 'GET', by: 'read-api' },",
    member: 'probe-operation',
    tables: {
      handler: 'functions/http/release-api.ts',
      'example of the API’s description': 'cli/docs/openapi/examples.ts',
      command: 'cli/api/commands/table.ts',
    },
  },
  {
    of: 'operations, of one with no row',
    file: 'functions/runtime/operations.ts',
    at: /'probe-bare': \{[^}]*\}/,
    added: '$&',
    member: "missing the following properties from type 'Operation'",
    tables: { 'route and rule': 'functions/runtime/operations.ts' },
  },
  {
    of: 'steps of a phase',
    file: 'statemachines/phase-steps.ts',
    at: /phaseSteps = \[/,
    added: "$& 'probe-step',",
    member: 'probe-step',
    tables: {
      'when it is asked for, and its states': 'statemachines/phase-steps.ts',
      page: 'cli/docs/state-machines.ts',
    },
  },
  {
    of: 'kinds of source',
    file: 'domain/plan/metric-sources.ts',
    at: /sourceKinds = \[/,
    added: "$& 'probe-source',",
    member: 'probe-source',
    tables: {
      'metrics that it has': 'domain/plan/metric-sources.ts',
      'provider and its permissions': 'lib/metrics/providers.ts',
      'code of the provider': 'functions/runtime/powers/providers.ts',
      setting: 'functions/adapters/metrics/router.ts',
      simulation: 'rehearsal/world/sources.ts',
      page: 'cli/docs/metrics.ts',
    },
  },
  {
    of: 'reasons why a check cannot be read',
    file: 'domain/judge/source-faults.ts',
    at: /interface SilenceFaults \{/,
    added: "$& 'probe-fault': NoParams;",
    member: 'probe-fault',
    tables: {
      cause: 'domain/judge/source-faults.ts',
      'sentence in English': 'presentation/messages/source-faults.english.ts',
      'sentence in French': 'presentation/messages/source-faults.french.ts',
      'example of the page': 'cli/docs/source-faults.ts',
    },
  },
  {
    of: 'powers',
    file: 'application/ports/ports.ts',
    at: /export interface Ports \{/,
    added: '$& readonly probePower: { probe(): Promise<void> };',
    member: 'probePower',
    tables: {
      code: 'functions/runtime/powers/powers.ts',
      permissions: 'lib/powers.ts',
      simulation: 'rehearsal/world/world.ts',
    },
  },
  {
    of: 'tables of a release',
    file: 'domain/ledger/records.ts',
    at: /export interface ReleaseTables \{/,
    added: '$& readonly probes: Rows<string>;',
    member: 'probes',
    tables: {
      'empty release': 'domain/ledger/records.ts',
      contract: 'functions/contracts/release-rows.ts',
      'key in the store': 'functions/adapters/dynamodb/release-rows.ts',
    },
  },
  {
    of: 'causes',
    file: 'domain/ledger/causes.ts',
    at: /export interface Causes \{/,
    added: "$& readonly 'probe-cause': NoParams;",
    member: 'probe-cause',
    tables: {
      contract: 'functions/contracts/causes.ts',
      'sentence in English': 'presentation/messages/causes.english.ts',
      'sentence in French': 'presentation/messages/causes.french.ts',
    },
  },
];

const product = [
  ...['application', 'bin', 'cli', 'domain', 'functions', 'lib', 'mails', 'plans'],
  ...['presentation', 'rehearsal', 'statemachines'],
];
const besides = ['docs', 'package.json', 'tsconfig.json'];

/** The product in a folder of its own. */
async function copied(into: string): Promise<void> {
  for (const one of [...product, ...besides]) await cp(join(root, one), join(into, one), { recursive: true });
  await symlink(join(root, 'node_modules'), join(into, 'node_modules'));
  const config = { extends: './tsconfig.json', include: product };
  await writeFile(join(into, 'tsconfig.product.json'), JSON.stringify(config));
}

async function add(into: string, { of, file, at, added }: ClosedSet): Promise<void> {
  const path = join(into, file);
  const text = await readFile(path, 'utf8');
  const places = text.split(at).length - 1;
  if (places !== 1) throw new RangeError(`${of}: ${file} has ${places} places that match ${at}`);
  await writeFile(path, text.replace(at, added));
}

/** What the compiler refuses: one text each, from the file's name on. */
function refusals(folder: string): Promise<readonly string[]> {
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  return new Promise((resolve, reject) => {
    const args = ['--project', 'tsconfig.product.json', '--pretty', 'false'];
    execFile(tsc, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else if (stderr !== '') reject(new Error(stderr));
      else resolve(stdout.split(/\n(?=\S)/).filter((text) => text !== ''));
    });
  });
}

const folder = await mkdtemp(join(tmpdir(), 'jalon-closed-sets-'));
try {
  await copied(folder);
  for (const set of sets) await add(folder, set);
  const refused = await refusals(folder);
  let open = 0;
  for (const { of, member, tables } of sets) {
    const naming = refused.filter((text) => text.includes(member));
    for (const [table, file] of Object.entries(tables)) {
      const first = naming.find((text) => text.startsWith(file));
      if (first === undefined) open += 1;
      console.log(
        first === undefined
          ? `OPEN    ${of}: ${file} lets "${member}" in without its ${table}`
          : `refused ${of}: ${table}: ${first.split('\n')[0]?.slice(0, 160)}`,
      );
    }
  }
  console.log(`${sets.length} closed sets, ${open} tables that let a member in`);
  process.exitCode = open === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
