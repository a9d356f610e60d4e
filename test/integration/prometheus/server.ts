/** A Prometheus of its own for as long as the tests run: on a free port of 127.0.0.1, with a user and a password. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { freePort } from '#test/support/free-port.ts';
import { mustHave, program } from '#test/support/needed.ts';
import { openMetrics } from './series.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly prometheus: string;
  }
}

const startMsMax = 300_000;
const needs = ['prometheus', 'promtool'].map((name) => program(name, 'apt-get install prometheus'));
/** The example of Prometheus's documentation, "Securing Prometheus API and UI endpoints": the password is `test`. */
const users = 'basic_auth_users:\n  jalon: $2b$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay\n';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  mustHave(needs);
  const folder = mkdtempSync(join(tmpdir(), 'jalon-prometheus-'));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const data = join(folder, 'data');
  const fed = file('series.txt', openMetrics);
  execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', fed, data]);

  const port = await freePort();
  const server = spawn(
    'prometheus',
    [
      `--config.file=${file('prometheus.yml', 'scrape_configs: []\n')}`,
      `--web.config.file=${file('web.yml', users)}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...[`--storage.tsdb.path=${data}`, '--storage.tsdb.retention.time=100y', '--log.level=warn'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // A test run that is killed must not leave it behind.
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  const url = `http://127.0.0.1:${port}`;
  await untilReady(server, url);
  project.provide('prometheus', url);
  return async () => {
    process.off('exit', kill);
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await once(server, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  let said = '';
  server.stderr?.on('data', (text: Buffer) => {
    said = `${said}${text}`.slice(-2000);
  });
  const authorization = `Basic ${Buffer.from('jalon:test').toString('base64')}`;
  for (let waitedMs = 0; waitedMs < startMsMax; waitedMs += 200) {
    if (server.exitCode !== null) throw new Error(`Prometheus ended with ${server.exitCode}: ${said}`);
    const ready = await fetch(`${url}/-/ready`, { headers: { authorization } }).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (ready) return;
    await sleep(200);
  }
  server.kill('SIGKILL');
  throw new Error(`Prometheus was not ready within ${startMsMax / 1000} s: ${said}`);
}
