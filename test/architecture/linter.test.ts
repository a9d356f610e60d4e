/**
 * Biome's rules (`biome.json`, overrides) are the table of `rooms.ts`: a copy of the tree, in which a file of each folder
 * imports something of every folder and every kind of package, is refused what the table refuses and nothing else.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root, sourcesIn, targetOf, textOf } from '#test/support/sources.ts';
import { allows, filesOf, nameOf, rooms } from './rooms.ts';

const oneOfEachFolder = (files: readonly string[]): readonly string[] => [
  ...new Map(files.map((file) => [dirname(file), file])).values(),
];

/** Of ours as it is written from anywhere; a part of a package where only that part is in use. */
const outside = [
  ...['zod', 'yaml', 'csv-parse/sync', 'commander', 'jsonata', 'mjml', 'mustache', 'esbuild'],
  ...['@middy/core', '@middy/http-router', '@jmespath-community/jmespath', 'nodemailer/lib/mail-composer'],
  ...['@aws-sdk/client-ses', '@aws-sdk/lib-dynamodb', '@smithy/signature-v4', 'aws-sdk'],
  ...['aws-cdk-lib', 'aws-cdk-lib/aws-lambda', '@aws-cdk/x', 'constructs', 'cdk-nag'],
  ...['node:fs', 'node:crypto', 'node:path', 'node:child_process'],
];
const named = rooms.flatMap(({ may, never = [] }) => [...may, ...never]).filter((one) => one.endsWith('.ts'));
const inside = [
  ...new Set([...oneOfEachFolder(sourcesIn('.').filter((file) => file.includes('/'))), ...named]),
];

/** How a file imports each of them: by the name from the root, and by the way to it. */
const aliases = (from: string) => [
  ...outside,
  ...inside.filter((one) => one !== from).map((one) => `#${one}`),
];
const ways = (from: string) =>
  inside
    .filter((one) => one !== from)
    .map((one) => {
      const way = posix.relative(dirname(from), one);
      return way.startsWith('.') ? way : `./${way}`;
    });

const copy = mkdtempSync(join(tmpdir(), 'rooms-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

interface Linted {
  readonly summary: { readonly unchanged: number };
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  }[];
}

/** What Biome refuses, by file: the specifiers. Each is on a line of its own. */
async function refused(files: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { overrides } = JSON.parse(textOf('biome.json')) as { readonly overrides: unknown };
  const rules = { recommended: false, style: { recommended: false } };
  writeFileSync(join(copy, 'biome.json'), JSON.stringify({ linter: { rules }, overrides }));
  const written = new Map(files.map((file) => [file, [...aliases(file), ...ways(file)]]));
  for (const [file, specifiers] of written) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    writeFileSync(join(copy, file), specifiers.map((one) => `import '${one}';\n`).join(''));
  }
  const { summary, diagnostics } = await lint();
  expect(summary.unchanged).toBeGreaterThanOrEqual(files.length);
  return new Map(
    [...written].map(([file, specifiers]) => [
      file,
      new Set(
        diagnostics
          .filter(
            ({ location, category }) => location.path === file && category.endsWith('RestrictedImports'),
          )
          .map(({ location }) => specifiers[location.start.line - 1] ?? '?'),
      ),
    ]),
  );
}

const lint = () =>
  new Promise<Linted>((resolve, reject) => {
    const biome = join(root, 'node_modules/.bin/biome');
    const options = { cwd: copy, maxBuffer: 64 * 1024 ** 2 };
    // It ends with 1, as it should: there is something to find.
    execFile(
      biome,
      ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
      options,
      (_, output, errors) => {
        const from = output.indexOf('{');
        if (from < 0) reject(new Error(errors));
        else resolve(JSON.parse(output.slice(from)) as Linted);
      },
    );
  });

describe('Biome', async () => {
  const probes = rooms.map((room) => [room, oneOfEachFolder(filesOf(room))] as const);
  const found = await refused(probes.flatMap(([, files]) => files));
  const refuses = (file: string, specifier: string) => found.get(file)?.has(specifier) ?? false;

  it.each(probes.map(([room, files]) => [nameOf(room), room, files] as const))(
    'lets %s import what its rule says, and no more',
    (_, room, files) => {
      expect(files.length).toBeGreaterThan(0);
      const wrong = files.flatMap((file) =>
        aliases(file)
          .filter((one) => refuses(file, one) === allows(room, targetOf(one, file)))
          .map((one) => `${file} ${refuses(file, one) ? 'may not' : 'may'} import ${one}`),
      );
      expect(wrong).toEqual([]);
    },
  );

  it.each(probes.map(([room, files]) => [nameOf(room), room, files] as const))(
    'sees through ways from %s to elsewhere',
    (_, room, files) => {
      const open = files.flatMap((file) =>
        ways(file)
          .filter((one) => !allows(room, targetOf(one, file)) && !refuses(file, one))
          .map((one) => `${file} may import ${one}`),
      );
      expect(open).toEqual([]);
    },
  );
});
