/** The shape of the rules that say what a call of a port is on AWS. */
import type { Ports } from '#application/ports/ports.ts';
import type { Usage } from './usage.ts';

export interface Request {
  readonly usage: Usage;
  /** How long the function waits for it. */
  readonly ms: number;
  /** The table whose key it takes, if any. */
  readonly table?: 'releases' | 'waits';
}

type Rule<P extends keyof Ports, M extends keyof Ports[P]> = Ports[P][M] extends (
  ...given: infer Given
) => Promise<infer Answer>
  ? (given: Given, answer: Answer | undefined) => Request
  : never;
export type Rules<P extends keyof Ports> = {
  readonly [One in P]: { readonly [M in keyof Ports[One]]: Rule<One, M> };
};

export const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
