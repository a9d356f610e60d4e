/**
 * MiniStack (MIT, PyPI) for as long as a program runs: an emulator of AWS that nobody here wrote, in a Python environment of
 * its own, on a free port of 127.0.0.1. It needs `python3` with `venv`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#test/support/free-port.ts';

/** Pinned: what it knows of CloudFormation decides which resources the stage `emulator` leaves out. */
const packages = ['ministack==1.5.33', 'cbor2==6.3.0', 'cryptography==50.0.2'];
const startMsMax = 30_000;

export interface MiniStack {
  readonly endpoint: string;
  readonly log: () => string;
  stop(): Promise<void>;
}

export async function startMiniStack(folder: string): Promise<MiniStack> {
  const environment = join(folder, 'venv');
  const python = join(environment, 'bin', 'python');
  if (!existsSync(python)) {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
      stdio: 'inherit',
    });
  }
  const port = await freePort();
  const logFile = join(folder, 'ministack.log');
  const output = openSync(logFile, 'w');
  const server = spawn(join(environment, 'bin', 'ministack'), [], {
    env: {
      ...process.env,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      // Two further listeners, one of which would bind every interface.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_REGION: 'eu-west-3',
    },
    stdio: ['ignore', output, output],
  });
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${port}`;
  const log = () => readFileSync(logFile, 'utf8');
  const untilMs = Date.now() + startMsMax;
  for (;;) {
    const healthy = await fetch(`${endpoint}/_ministack/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) break;
    if (server.exitCode !== null || Date.now() > untilMs)
      throw new Error(`MiniStack does not answer:\n${log().slice(-2000)}`);
    await sleep(200);
  }
  return {
    endpoint,
    log,
    stop: async () => {
      process.off('exit', kill);
      if (server.exitCode !== null) return;
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}
