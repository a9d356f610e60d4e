/** A person at a terminal, with an API over a rehearsed world behind a real socket. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import type { ProcessEnvironment } from '#cli/api/process-context.ts';
import { addApi } from '#cli/api/register.ts';
import { failed } from '#cli/terminal/failed.ts';
import { apiServer } from '#rehearsal/server.ts';
import type { World } from '#rehearsal/world/world.ts';
import { claimsOf } from '#test/support/http.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as its entry point runs it, but for what `given` replaces. */
export async function jalon(args: readonly string[], given: Partial<ProcessEnvironment> = {}): Promise<Ran> {
  let [code, stdout, stderr] = [0, '', ''];
  const io = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
  };
  const processEnvironment: ProcessEnvironment = {
    ...io,
    environment: {},
    timeZone: 'Europe/Paris',
    isTerminal: false,
    newKey: () => crypto.randomUUID(),
    wait: async () => {},
    interrupted: () => new AbortController().signal,
    endWith: (exitCode) => {
      code = exitCode;
    },
    ...given,
  };
  const program = new Command('jalon')
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr });
  addApi(program, io, 'a plan', processEnvironment);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    code = failed(error, io);
  }
  return { code, stdout, stderr };
}

/** Who asks says so: a role, or a person with roles. */
const tokens = (bearer: string) => {
  if (bearer === 'nobody') return undefined;
  const [person = '', roles = person] = bearer.split(':');
  return claimsOf(person, ...roles.split(','));
};

/** The address of a server that listens on a port of its own. */
export async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const serverOf = (world: World): Server => apiServer(world, tokens);
