/** A handler is a contract in, a contract out, its powers and a sentence; AWS and middy are added in `handler.ts`. */
import type * as z from 'zod';
import type { Power, With } from '#application/port-groups.ts';

export interface Definition<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  P extends Power = Power,
> {
  /** The name of the file, of the function on AWS and in logs. */
  readonly name: string;
  /** The only ports that it is handed: on AWS its permissions, in a test what must be given. */
  readonly needs: readonly P[];
  /** The version of what it is handed, beside it under the same name; absent: it has none. */
  readonly contract?: number;
  readonly input: I;
  readonly output: O;
  run(input: z.output<I>, ports: With<P>): Promise<z.input<O>>;
}

/** Infers the types of `run` from the contracts and the powers. */
export const define = <I extends z.ZodType, O extends z.ZodType, P extends Power>(
  definition: Definition<I, O, P>,
): Definition<I, O, P> => definition;

/** What a state machine hands its steps. Another version is another number: running executions keep theirs. */
const stepContract = 1;

/** The definition of what a state machine calls. */
export const defineStep = <I extends z.ZodType, O extends z.ZodType, P extends Power>(
  definition: Definition<I, O, P>,
): Definition<I, O, P> => define({ ...definition, contract: stepContract });
