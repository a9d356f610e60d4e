/** A handler is a contract in, a contract out and a sentence in between; AWS and middy are added in `handler.ts`. */
import type * as z from 'zod';
import type { Ports } from '#domain/ports.ts';

export interface Definition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** The name of the file, of the function on AWS and in logs. */
  readonly name: string;
  readonly input: I;
  readonly output: O;
  run(input: z.output<I>, ports: Ports): Promise<z.input<O>>;
}

/** Infers the types of `run` from the contracts. */
export const define = <I extends z.ZodType, O extends z.ZodType>(
  definition: Definition<I, O>,
): Definition<I, O> => definition;
