/** The middy stack of every function: parse in, run, parse out, log and tell what failed. */
import middy from '@middy/core';
import * as z from 'zod';
import type { Ports } from '#application/ports/ports.ts';
import { JalonError } from '#domain/errors.ts';
import { parsedBy, violationsOf } from '../contracts/violations.ts';
import type { Definition } from './definition.ts';
import { logFailure } from './failure.ts';

/** What Lambda calls: an event of unknown shape in, an answer that keeps its contract out. */
export type Handler = (event: unknown) => Promise<unknown>;

export function handlerOf(definition: Definition, available: Ports): Handler {
  const ports = powersOf(definition, available);
  const stack = middy<unknown, unknown>()
    .use(parseInput(definition))
    .use(parseOutput(definition))
    .use(tellError(definition, ports))
    .handler((event: unknown) => definition.run(event, ports));
  return (event) => stack(event, lambdaContext) as Promise<unknown>;
}

/** What the definition asked for and no more: a power that was forgotten is missing here as it would be on AWS. */
function powersOf({ needs }: Definition, { plan, clock, log, sha256, sayRefusal, ...powers }: Ports): Ports {
  const granted = Object.entries(powers).filter(([name]) => needs.some((power) => power === name));
  return { plan, clock, log, sha256, sayRefusal, ...Object.fromEntries(granted) } as Ports;
}

/** Nothing reads the context; middy wants one. */
const lambdaContext = {} as never;

const parseInput = ({ name, contract, input }: Definition): middy.MiddlewareObj => {
  const told = contract === undefined ? input : versioned(contract, input);
  return {
    before: (request) => {
      request.event = parsedBy(name, told, request.event);
    },
  };
};

/** The input beside its version, which no handler needs to see. */
const versioned = (contract: number, input: z.ZodType) =>
  z
    .looseObject({ contract: z.literal(contract) })
    .transform(({ contract: _version, ...told }): unknown => told)
    .pipe(input);

const parseOutput = ({ name, output }: Definition): middy.MiddlewareObj => ({
  after: (request) => {
    const parsed = output.safeParse(request.response);
    if (!parsed.success) {
      const violations = violationsOf(parsed.error, request.response);
      throw new Error(`${name} broke its own contract: ${JSON.stringify(violations)}`);
    }
    request.response = parsed.data;
  },
});

/**
 * The log keeps a refusal's code and parameters. Whoever reads the cause in the console of Step Functions reads a sentence, in
 * the language of the plan.
 */
const tellError = (
  { name }: Definition,
  { log, plan, sayRefusal }: Pick<Ports, 'log' | 'plan' | 'sayRefusal'>,
): middy.MiddlewareObj => ({
  onError: async ({ error }) => {
    logFailure(log, name, error);
    if (error instanceof JalonError) error.message = await sayRefusal(plan.language, error.refusal);
  },
});
