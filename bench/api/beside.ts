/** The API and a bare server under the same load, by turns in one run: what of a request is ours. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import type { Served } from './figures.ts';
import { get, load } from './load.ts';
import { bearer, type Read, urlOf } from './reads.ts';
import type { CpuUs, Ports } from './served.ts';

export interface Beside {
  readonly read: Read;
  readonly bytes: number;
  readonly same: boolean;
  readonly jalon: Served;
  readonly bare: Served;
}
export interface Pace {
  /** Of each server, by turns. */
  readonly turns: number;
  readonly turnMs: number;
}

const told = async <T>(child: ChildProcess): Promise<T> => {
  const [message] = (await once(child, 'message')) as [T];
  return message;
};

async function cpuUs(child: ChildProcess): Promise<CpuUs> {
  child.send('processor time');
  return told<CpuUs>(child);
}

export async function measureBeside(reads: readonly Read[], pace: Pace): Promise<readonly Beside[]> {
  const child = fork(join(import.meta.dirname, 'served.ts'));
  try {
    const ports = await told<Ports>(child);
    const measured: Beside[] = [];
    for (const read of reads) measured.push(await byTurns(child, ports, read, pace));
    return measured;
  } finally {
    child.disconnect();
  }
}

async function byTurns(
  child: ChildProcess,
  ports: Ports,
  read: Read,
  { turns, turnMs }: Pace,
): Promise<Beside> {
  const target = (port: number) => ({ port, url: urlOf(read), bearer });
  const [ours, theirs] = [
    await get(new Agent(), target(ports.jalon)),
    await get(new Agent(), target(ports.bare)),
  ];
  const turn = async (port: number): Promise<Served> => {
    const [startUs, startMs] = [await cpuUs(child), performance.now()];
    const requests = await load(target(port), turnMs);
    const seconds = (performance.now() - startMs) / 1000;
    return { requests, seconds, cpuSeconds: ((await cpuUs(child)) - startUs) / 1e6 };
  };
  // The first turn of each warms up.
  await turn(ports.bare);
  await turn(ports.jalon);
  let [bare, jalon] = [none, none];
  for (let nth = 0; nth < turns; nth += 1) {
    bare = sum(bare, await turn(ports.bare));
    jalon = sum(jalon, await turn(ports.jalon));
  }
  return { read, bytes: ours.length, same: ours.equals(theirs), jalon, bare };
}

const none: Served = { requests: 0, seconds: 0, cpuSeconds: 0 };
const sum = (a: Served, b: Served): Served => ({
  requests: a.requests + b.requests,
  seconds: a.seconds + b.seconds,
  cpuSeconds: a.cpuSeconds + b.cpuSeconds,
});
