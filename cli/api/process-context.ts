/** What the commands against the API take from the process: time, chance, the environment, the person at the terminal. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Io } from '../terminal/io.ts';

export interface ProcessEnvironment extends Io {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** IANA name, for dates and times. */
  readonly timeZone: string;
  /** Somebody reads the output as it comes. */
  readonly isTerminal: boolean;
  /** What a person answers at the terminal; rejects after Ctrl-C. Absent when nobody is there. */
  readonly ask?: (question: string) => Promise<string>;
  /** A new key, so that a command counts once however often it is sent. */
  readonly newKey: () => string;
  /** Rejects as soon as `interrupted` is aborted. */
  readonly wait: (ms: number) => Promise<void>;
  /** Ctrl-C, from the first time it is read: then it no longer ends the process by itself. */
  readonly interrupted: () => AbortSignal;
  readonly endWith: (exitCode: number) => void;
}

export function processEnvironmentOf(io: Io): ProcessEnvironment {
  let controller: AbortController | undefined;
  const interrupted = () => {
    if (controller === undefined) {
      controller = new AbortController();
      const { signal } = controller;
      process.once('SIGINT', () => controller?.abort());
      return signal;
    }
    return controller.signal;
  };
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    ...io,
    environment: process.env,
    timeZone,
    isTerminal: process.stdout.isTTY === true,
    ...(process.stdin.isTTY === true && process.stderr.isTTY === true ? { ask } : {}),
    newKey: randomUUID,
    wait: async (ms) => void (await wait(ms, undefined, controller ? { signal: controller.signal } : {})),
    interrupted,
    endWith: (exitCode) => {
      process.exitCode = exitCode;
    },
  };
}

/** On stderr: what is printed may be piped. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}
