/** What Jalon and a pipeline behind a webhook tell each other, and the names by which they know a run (`docs/reference/scripts.md`). */
import * as z from 'zod';
import { endOf } from '#domain/cut.ts';
import { quoted } from '#domain/quoted.ts';
import type { ValueShape } from '#domain/refusals/contract.ts';

/** What is posted to the pipeline: start this script. */
export interface ScriptRequest {
  readonly marker: string;
  readonly script: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes: number;
  /** Where to post a `ScriptCallback`. */
  readonly callback: string;
}

/** Of a callback's body. */
export const callbackBytesMax = 16_384;
/** What the ledger keeps of it. */
const summaryMax = 500;
const exitCodeMin = -(2 ** 31);
const exitCodeMax = 2 ** 32 - 1;

/** What the pipeline posts back: how the run stands, with the marker that it was given. */
export const ScriptCallback = z
  .strictObject({
    marker: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{1,23}\/[a-z0-9][a-z0-9.-]{1,160}$/, 'marker' satisfies ValueShape),
    status: z.enum(['running', 'succeeded', 'failed']),
    /** Windows has exit codes up to 2^32 - 1. */
    exitCode: z.int().min(exitCodeMin).max(exitCodeMax).exactOptional(),
    /** The end of what was printed; the last 500 characters are kept. */
    summary: z.string().default(''),
  })
  .refine(({ status, exitCode = 0 }) => status !== 'succeeded' || exitCode === 0, {
    path: ['exitCode'],
    message: 'zero-of-success' satisfies ValueShape,
  })
  .transform(({ status, exitCode = exitCodeOf[status], summary, ...rest }) => ({
    ...rest,
    status,
    exitCode,
    summary: quoted(endOf(summary.toWellFormed(), summaryMax)),
  }));

/** Of a callback that names none. */
const exitCodeOf = { running: -1, succeeded: 0, failed: 1 } as const;

const prefix = 'webhook:';
/** The command of a run: nothing needs to be remembered to know the one from the other. */
export const commandOf = (marker: string): string => `${prefix}${marker}`;
/** Nothing for a command of another runner. */
export const markerOf = (command: string): string | undefined =>
  command.startsWith(prefix) ? command.slice(prefix.length) : undefined;
