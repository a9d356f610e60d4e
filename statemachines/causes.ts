/**
 * The causes that the machines themselves give a phase that goes another way, as `domain/ledger/causes.ts` has them: a code
 * and its parameters, some of which are only known when the machine runs.
 */
import type { Json } from '#domain/json.ts';
import type { Cause } from '#domain/ledger/causes.ts';
import { jsonata, literal } from './language.ts';

/** Of what a service says in an error: enough to know it again, little beside what a state may hold. */
const saidCharactersMax = 500;

type Params = Readonly<Record<string, string>>;

/** Parameters that have `said` only where something was said. `expression` in JSONata. */
export const withSaid = (params: Params, expression: string): string =>
  jsonata(`$merge([${literalOf(params)}, $exists(${expression}) ? { "said": ${expression} } : {}])`);

/** Of a fault that a Catch has caught. */
export const faultOf = (): string =>
  jsonata(
    `$merge([{ "error": $states.errorOutput.Error }, $exists($states.errorOutput.Cause) ? { "said": $substring($states.errorOutput.Cause, 0, ${saidCharactersMax}) } : {}])`,
  );

const literalOf = (params: Params): string =>
  `{ ${Object.entries(params)
    .map(([name, value]) => `${literal(name)}: ${literal(value)}`)
    .join(', ')} }`;

const fixed = <C extends Cause>(cause: C): Json => cause as unknown as Json;

export const correctedAfterHold = fixed({ code: 'corrected-after-hold', params: {} });
export const heldTooOften = (holds: number) => fixed({ code: 'held-too-often', params: { holds } });
/** Nobody reported a correction. */
export const noCorrection = fixed({
  code: 'no-correction',
  params: { error: jsonata('$states.errorOutput.Error') },
});
