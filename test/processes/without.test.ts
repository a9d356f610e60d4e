/** Programs of the project where something is missing: files beside it, programs that it does not bring. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '#test/support/sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-without-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('.ci/run', () => {
  const clone = join(folder, 'clone');
  const shared = join(folder, 'shared');
  cpSync(join(root, '.ci'), join(clone, '.ci'), { recursive: true });
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(join(clone, '.ci', 'run'), args, { encoding: 'utf8' });
    return { status, stderr, lines: stdout.split('\n').filter((line) => line !== '') };
  };
  const [document, histories] = ['the plan against the document', 'histories recorded on AWS'];
  const skipped = [
    `== skipped: ${document}: ../shared/plan-technicia.md is not there`,
    `== skipped: ${histories}: ../shared/asl-oracle is not there`,
  ];

  it('skips on a plain clone what needs files beside it, by name, and nothing else', () => {
    const { lines } = run('--list');
    expect(lines.filter((line) => line.startsWith('== skipped'))).toEqual(skipped);
    expect(lines).toContain('== types');
    expect(lines.length).toBeGreaterThan(20);
  });

  it('counts what it skipped in its last line', () => {
    expect(run(document, histories)).toEqual({
      status: 0,
      stderr: '',
      lines: [...skipped, '0 passed, 0 failed, 2 skipped'],
    });
  });

  it('skips nothing where the files are', () => {
    mkdirSync(join(shared, 'asl-oracle'), { recursive: true });
    writeFileSync(join(shared, 'plan-technicia.md'), '');
    const { lines } = run('--list');
    rmSync(shared, { recursive: true });
    expect(lines.filter((line) => line.startsWith('== skipped'))).toEqual([]);
    expect(lines).toEqual(expect.arrayContaining([`== ${document}`, `== ${histories}`]));
  });

  it('refuses a title that no step has', () => {
    expect(run('none')).toEqual({
      status: 2,
      stderr: '.ci/run has no step of this title: --list shows them\n',
      lines: [],
    });
  });
});

describe('the benchmark of the API', () => {
  it('says without Java how to get it, in a line', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bench', 'api.ts')], {
      encoding: 'utf8',
      env: { PATH: dirname(process.execPath) },
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^the program java is not here; it comes with: apt-get install openjdk-17-jre-headless\n/,
    );
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
