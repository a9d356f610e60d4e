/**
 * MiniStack (MIT, PyPI) for as long as a program runs: an emulator of AWS that nobody here wrote, in a Python environment of
 * its own, on a free port of 127.0.0.1. It needs `python3` with `venv`.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#test/support/free-port.ts';
import { type Need, program } from '#test/support/needed.ts';

/** Pinned: what it knows of CloudFormation decides which resources the stage `emulator` leaves out. */
const packages = ['ministack==1.5.33', 'cbor2==6.3.0', 'cryptography==50.0.2'];
const startMsMax = 300_000;

/** Debian has Python's `ensurepip`, without which it makes no environment, in a package of its own. */
export const miniStackNeeds: readonly Need[] = [
  program('python3', 'apt-get install python3-venv'),
  {
    name: 'the module venv of Python',
    install: 'apt-get install python3-venv',
    isThere: () => spawnSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' }).status === 0,
  },
];

export interface MiniStack {
  readonly endpoint: string;
  readonly log: () => string;
  stop(): Promise<void>;
}

/**
 * For programs that must not see who runs them: no credentials, profile or settings of AWS, nothing of `MINISTACK_*`. The
 * emulator runs functions with the `node` that it finds first, hence with this one.
 */
export const environmentOf = (folder: string): Readonly<Record<string, string>> => ({
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  HOME: folder,
  TMPDIR: join(folder, 'ministack-tmp'),
});

export async function startMiniStack(folder: string): Promise<MiniStack> {
  const environment = join(folder, 'venv');
  // Both do little when it is there, and mend what was left half done or has other versions.
  execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
  execFileSync(
    join(environment, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
    { stdio: 'inherit' },
  );
  const own = environmentOf(folder);
  // It leaves a folder for each function that it ran.
  rmSync(join(folder, 'ministack-tmp'), { recursive: true, force: true });
  mkdirSync(join(folder, 'ministack-tmp'), { recursive: true });
  const port = await freePort();
  const logFile = join(folder, 'ministack.log');
  const output = openSync(logFile, 'w');
  const server = spawn(join(environment, 'bin', 'ministack'), [], {
    env: {
      ...own,
      STATE_DIR: join(folder, 'ministack-tmp', 'state'),
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
    if (ended(server) || Date.now() > untilMs)
      throw new Error(`MiniStack does not answer:\n${log().slice(-2000)}`);
    await sleep(200);
  }
  return {
    endpoint,
    log,
    stop: async () => {
      process.off('exit', kill);
      if (ended(server)) return;
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

const ended = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
