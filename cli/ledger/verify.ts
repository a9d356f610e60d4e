/** `jalon ledger verify`: proves a history, or names its first broken row. */

import type { Head } from '#domain/ledger/proof.ts';
import { present } from '#domain/present.ts';
import { exitCodes } from '../terminal/exit.ts';
import type { Io } from '../terminal/io.ts';
import { isWhole, prove, sentenceOf } from './proving.ts';
import { bytesOf, rowsOf } from './rows.ts';

export interface VerifyOptions {
  readonly head?: string;
  readonly seq?: number;
}

export const headOf = ({ head, seq }: VerifyOptions): Head => ({
  ...present({ hash: head, seq }),
});

/** Exit codes: 0 whole, 4 broken, 2 a file that cannot be read. Throws BadInput. */
export async function verifyCommand(path: string, options: VerifyOptions, io: Io): Promise<number> {
  const head = headOf(options);
  const ended = await prove(rowsOf(bytesOf(path)), head);
  const whole = isWhole(ended);
  (whole ? io.stdout : io.stderr)(sentenceOf(path, ended, head));
  return whole ? exitCodes.completed : exitCodes.broken;
}
