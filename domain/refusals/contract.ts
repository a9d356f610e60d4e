/** What of an input breaks its contract: where, and what is allowed there. */
import type { Coded } from '../coded.ts';

/** Values that have a form of their own, by name. */
export const shapes = [
  'release-id',
  'phase-id',
  'version',
  'day',
  'some-words',
  'hash',
  'attempt-number',
  'page-limit',
  'sequence-number',
  'cursor',
  'https-address',
  'address-without-user',
  'file-reference',
  'marker',
  'zero-of-success',
] as const;
export type ValueShape = (typeof shapes)[number];

/** Of texts and lists the limit is on their length, of numbers on themselves. */
interface Bound {
  readonly of: string;
  readonly limit: number;
  readonly bound: 'inclusive' | 'exclusive' | 'exact';
}

export interface ContractExpectations {
  /** Names of types as JSON and JavaScript have them: `string`, `array`, `undefined`. */
  type: { readonly expected: string; readonly received: string };
  'one-of': { readonly allowed: readonly (string | number | boolean | null)[] };
  'too-big': Bound;
  'too-small': Bound;
  'unknown-members': { readonly members: readonly string[] };
  shape: { readonly shape: ValueShape };
  /** Whatever else it is: no contract of ours says more. */
  other: Record<string, never>;
}

export interface Violation {
  /** Member by member, with dots between; empty for the input as a whole. */
  readonly path: string;
  readonly expectation: Coded<ContractExpectations>;
}

interface Broken {
  readonly violations: readonly Violation[];
}
export interface ContractsBroken {
  /** `of`: the function or operation. */
  'contract-broken': Broken & { readonly of: string };
  'execution-input-broken': Broken;
  'body-broken': Broken;
}
