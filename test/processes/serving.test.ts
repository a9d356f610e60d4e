/** The real command, served, steered over its socket, killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder = '';
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jalon-'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function serve(...more: readonly string[]): Promise<string> {
  const given = ['rehearse', '--users', '200', '--port', '0', '--state', folder, '--speed', ...more];
  const child = spawn(process.execPath, ['cli/jalon.ts', ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  child.stdout.resume();
  let told = '';
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      told += String(chunk);
      const [, address] = /(http:\/\/127\.0\.0\.1:\d+) answers/.exec(told) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('exit', () => reject(new Error(`it ended: ${told}`)));
  });
}
async function end(signal: NodeJS.Signals): Promise<number | null> {
  const child = running;
  if (!child) return null;
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code as number | null;
}
async function ask(address: string, path: string, body?: object, bearer = 'project-lead') {
  const answer = await fetch(`${address}${path}`, {
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

it('goes on after SIGKILL as if nothing had been, and stops on Ctrl-C with its code', async () => {
  const first = await serve('stopped');
  await ask(first, '/world/people', { role: 'security', atWork: false });
  const { body: world } = await ask(first, '/world/clock', { advance: '12d' });
  expect(world).toMatchObject({ status: 'active', away: ['security'], speed: 'stopped' });
  const release = `/releases/${world['release']}`;
  const phase = `${release}/phases/preparation`;
  const waived = await ask(first, `${phase}/items/2.1.4/waive`, { reason: 'rien ici' }, 'ada:security');
  const paused = await ask(first, `${release}/pause`, { reason: 'gel' });
  expect([waived.status, paused.status]).toEqual([200, 200]);
  const before = await ask(first, release);
  await end('SIGKILL');

  const second = await serve('stopped');
  expect(await ask(second, release)).toEqual(before);
  expect((await ask(second, '/world')).body).toMatchObject({ away: ['security'], now: world['now'] });
  expect(await end('SIGINT')).toBe(130);
});

it('lets time pass at its speed, and refuses what is no request for it', async () => {
  const address = await serve('1d/1s');
  const now = async () => Date.parse(String((await ask(address, '/world')).body['now']));
  const since = await now();
  while ((await now()) - since < 6 * 3_600_000);
  const refused = [
    await ask(address, '/releases', undefined, 'cook'),
    await ask(address, '/world/clock', { speed: 'fast' }),
    await ask(address, '/world/clock', { advance: '900d' }),
    await ask(address, '/world/people', { role: 'cook', atWork: true }),
    await ask(address, '/world/troubles', { kind: 'metric', check: 'luck', value: 1 }),
    await ask(address, '/world/troubles', { kind: 'flood' }),
    await ask(address, '/world/clock'),
    await ask(address, '/world/moon'),
  ];
  expect(refused.map(({ status }) => status)).toEqual([401, 400, 400, 400, 400, 400, 405, 404]);
});
