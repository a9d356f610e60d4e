import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dynamoDbLocalNeeds } from '#test/integration/dynamodb/local.ts';
import { textOf } from '#test/support/sources.ts';
import { mustHave, npmPackage, program } from './needed.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-needed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const tool = join(folder, 'tool');
writeFileSync(tool, '');
chmodSync(tool, 0o755);
writeFileSync(join(folder, 'text'), '');
const path = ['/nowhere', folder].join(':');

describe('what a benchmark needs', () => {
  it.each([
    ['a program of the path', program('tool', '', path), true],
    ['a program by its own path', program(tool, '', ''), true],
    ['a file that is no program', program('text', '', path), false],
    ['a program that nobody has', program('none', '', path), false],
    ['a package of the project', npmPackage('vitest', '1.0.0'), true],
    ['a package that nobody has', npmPackage('jalon-none', '1.0.0'), false],
  ])('is seen to be there or not, as %s', (_what, need, there) => {
    expect(need.isThere()).toBe(there);
  });

  it('is named with the command that brings it, a line each and no stack', () => {
    const needs = [
      program('none', 'apt-get install none', path),
      program('tool', '', path),
      npmPackage('jalon-none', '1.0.0'),
    ];
    const said = [
      'the program none is not here; it comes with: apt-get install none',
      'the package jalon-none is not here; it comes with: npm install --no-save jalon-none@1.0.0',
    ].join('\n');
    expect(() => mustHave(needs)).toThrow(expect.objectContaining({ message: said, stack: said }));
  });

  it('is nothing to complain of when it is there', () => {
    expect(mustHave([program('tool', '', path)])).toBeUndefined();
  });

  it('comes in the version that continuous integration installs', () => {
    const script = textOf('.ci/run');
    const packages = dynamoDbLocalNeeds.map(({ install }) => install.split(' ').at(-1) ?? '');
    expect(packages.filter((one) => !script.includes(one))).toEqual([]);
  });
});
