/** A function fits on a screen, or it is a table: one case for each member of a closed set, and nothing else. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, sourcesIn } from '#test/support/sources.ts';

const linesMax = 70;
/** Files with a `switch` that the compiler holds complete: a case less is a fact that changes, or says, nothing. */
const tables: readonly string[] = ['domain/ledger/replay.ts', 'presentation/timeline/lines.ts'];

interface Linted {
  readonly diagnostics: readonly {
    readonly location: {
      readonly path: string;
      readonly start: { readonly line: number };
      readonly end: { readonly line: number };
    };
  }[];
}

const folder = mkdtempSync(join(tmpdir(), 'long-functions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Biome finds the functions; it counts some of their lines, so all are asked for and counted here. */
const lint = (paths: readonly string[]) =>
  new Promise<Linted>((resolve, reject) => {
    const rule = { level: 'error', options: { maxLines: 1 } };
    const rules = { recommended: false, complexity: { noExcessiveLinesPerFunction: rule } };
    writeFileSync(join(folder, 'biome.json'), JSON.stringify({ linter: { rules } }));
    const args = ['lint', `--config-path=${folder}`, '--reporter=json', '--max-diagnostics=none', ...paths];
    const options = { cwd: root, maxBuffer: 64 * 1024 ** 2 };
    // It ends with 1, as it should: there is something to find.
    execFile(join(root, 'node_modules/.bin/biome'), args, options, (_, output, errors) => {
      const from = output.indexOf('{');
      if (from < 0) reject(new Error(errors));
      else resolve(JSON.parse(output.slice(from)) as Linted);
    });
  });

const functionsIn = async (paths: readonly string[]) =>
  (await lint(paths)).diagnostics.map(({ location: { path, start, end } }) => ({
    path,
    place: `${path}:${start.line}`,
    lines: end.line - start.line + 1,
  }));

describe('a function', () => {
  const files = sourcesIn('.').filter((file) => file.includes('/') && !file.startsWith('test/'));
  let long: Awaited<ReturnType<typeof functionsIn>> = [];
  beforeAll(async () => {
    const found = await functionsIn(files);
    expect(found.length).toBeGreaterThan(1000);
    long = found.filter(({ lines }) => lines > linesMax);
  });

  it(`has at most ${linesMax} lines, wherever it is part of the product`, () => {
    const unread = long.filter(({ path }) => !tables.includes(path));
    expect(unread.map(({ place, lines }) => `${place} has ${lines} lines`)).toEqual([]);
  });

  it.each(tables)('is longer in %s, which is why that file is on the list', (file) => {
    expect(long.map(({ path }) => path)).toContain(file);
  });

  it.each([
    ['of a name', (body: string) => `export function long() {\n${body}}\n`],
    ['with an arrow', (body: string) => `export const long = () => {\n${body}};\n`],
    ['of a class', (body: string) => `export class A {\n  long() {\n${body}  }\n}\n`],
    ['that makes a class', (body: string) => `export class A {\n  constructor() {\n${body}  }\n}\n`],
    ['of one expression', (body: string) => `export const long = () => [\n${body.replaceAll(';', ',')}];\n`],
    ['in another one', (body: string) => `export const f = () => g();\ng(() => {\n${body}});\n`],
  ])('%s is counted from its first line to its last', async (_, written) => {
    const body = '    // a line\n\n    f(\n      1,\n    );\n'.repeat(linesMax / 5);
    writeFileSync(join(folder, 'long.ts'), written(body));
    const [found] = await functionsIn([join(folder, 'long.ts')]);
    expect(found?.lines).toBe(linesMax + 2);
  });
});
