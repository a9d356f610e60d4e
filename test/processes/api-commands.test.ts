/** The command as a shell runs it: exit codes, Ctrl-C, and completion in a real bash. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourMs } from '#domain/time.ts';
import { listening, serverOf } from '#test/cli/api/terminal.ts';
import { quietWorld, release } from '#test/support/world.ts';

const root = join(import.meta.dirname, '..', '..');
const world = quietWorld();
const server = serverOf(world);
let api = '';
beforeAll(async () => {
  await world.start(release);
  await world.clock.runFor(hourMs);
  api = await listening(server);
});
afterAll(() => server.close());

const environment = () => ({ ...process.env, JALON_API: api, TZ: 'Europe/Paris', LANG: 'C' });
/** Not the synchronous one: the server is in this process. */
const run = promisify(execFile);
async function jalon(...args: readonly string[]) {
  const options = { cwd: root, env: environment() };
  const ended = await run(process.execPath, ['cli/jalon.ts', ...args], options).catch(
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  const { stdout, stderr } = ended;
  return { code: 'code' in ended ? ended.code : 0, stdout, stderr };
}

describe('the process', () => {
  it('reads, and ends with 0', async () => {
    const { code, stdout, stderr } = await jalon('status', '--as', 'qa');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Waits for +preparation, which opens on Thu 2025-04-10 09:00/);
    expect(stdout).not.toContain('\u001b');
  });

  it.each<[string, number]>([
    ['phase nowhere --as qa', 2],
    ['pause --reason x --as qa', 5],
    ['resume preparation gate --comment x --as project-lead', 6],
  ])('ends with the code of its refusal: jalon %s with %i', async (typed, code) => {
    const ran = await jalon(...typed.split(' '));
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toMatch(/^jalon: (GET|POST) \S+: \d{3} \w+: .+\n$/);
  });

  it('ends with 7 when nobody listens', async () => {
    const gone = createServer();
    const nowhere = await listening(gone);
    gone.close();
    const { code, stderr } = await jalon('releases', '--as', 'qa', '--api', nowhere);
    expect([code, stderr]).toEqual([7, expect.stringMatching(/cannot be reached .*\(ECONNREFUSED\)/)]);
  });

  it('ends with 130 after Ctrl-C', async () => {
    const child = spawn(process.execPath, ['cli/jalon.ts', 'status', '--watch', '--as', 'qa'], {
      cwd: root,
      env: environment(),
    });
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });
});

describe('completion in bash', () => {
  let script = '';
  beforeAll(async () => {
    ({ stdout: script } = await jalon('completion', 'bash'));
  });

  async function completed(...words: readonly string[]): Promise<readonly string[]> {
    const asked = `${script}
COMP_WORDS=(jalon ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
complete -p jalon >/dev/null || exit 1
_jalon
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await run('bash', ['--norc', '-uc', asked], { cwd: root });
    return stdout.split('\n').filter((word) => word !== '');
  }

  it.each<[readonly string[], readonly string[]]>([
    [['stat'], ['status']],
    [
      ['order', ''],
      ['skip-wait', 'promote', 'hold', 'correct', 'roll-back', '--help'],
    ],
    [['resume', 'production-10', 'co'], ['correct']],
    [
      ['order', 'roll-back', 'production-10', '--level', ''],
      ['full', 'partial', 'degraded'],
    ],
    [['status', '--wa'], ['--watch']],
    [['releases', '--state', 'e'], ['ended']],
    [['phases', '--token-file', 'package.'], ['package.json']],
    [['phases', '--tok'], ['--token-file']],
    [['phases', '--release', ''], []],
  ])('offers what may follow the words %j', async (words, expected) => {
    expect(await completed(...words)).toEqual(expected);
  });
});

describe('completion in other shells', () => {
  it('has every command, with what it does', async () => {
    const { stdout } = await jalon('completion', 'fish');
    expect(stdout).toMatch(/complete -c jalon -n '__jalon_at' -f -a status -d 'shows on one screen/);
    expect(stdout).toMatch(/-n '__jalon_at order roll-back' -l level -x -a 'full partial degraded'/);
    expect((await jalon('completion', 'zsh')).stdout).toMatch(/^autoload -Uz bashcompinit/);
    expect((await jalon('completion', 'csh')).code).toBe(2);
  });
});
