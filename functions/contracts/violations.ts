/** What a contract refused, as codes: each value's path and what is allowed there. */
import type * as z from 'zod';
import { InvalidInput } from '#domain/errors.ts';
import { shapes, type Violation } from '#domain/refusals/contract.ts';

/** Nobody reads more, and what was sent may have thousands. */
const violationsMax = 50;
const membersMax = 200;
const memberCharactersMax = 100;

/** `input`: what was parsed; of it only the types of values are told. */
export const violationsOf = ({ issues }: z.ZodError, input: unknown): readonly Violation[] =>
  issues.slice(0, violationsMax).map((issue) => ({
    path: issue.path.join('.'),
    expectation: expectationOf(issue, input),
  }));

/** What the contract of a function or an operation makes of an input. Throws InvalidInput. */
export function parsedBy<Contract extends z.ZodType>(
  of: string,
  contract: Contract,
  input: unknown,
): z.output<Contract> {
  const parsed = contract.safeParse(input);
  if (parsed.success) return parsed.data;
  const violations = violationsOf(parsed.error, input);
  throw new InvalidInput({ code: 'contract-broken', params: { of, violations } });
}

type Expectation = Violation['expectation'];

function expectationOf(issue: z.core.$ZodIssue, input: unknown): Expectation {
  // Contracts name a form of ours where zod would have a sentence.
  const shape = shapes.find((one) => one === issue.message);
  if (shape !== undefined) return { code: 'shape', params: { shape } };
  switch (issue.code) {
    case 'invalid_type':
      return {
        code: 'type',
        params: { expected: issue.expected, received: typeOf(valueAt(input, issue.path)) },
      };
    case 'invalid_value':
      return { code: 'one-of', params: { allowed: issue.values.map(plain) } };
    case 'too_big':
      return { code: 'too-big', params: boundOf(issue, issue.maximum) };
    case 'too_small':
      return { code: 'too-small', params: boundOf(issue, issue.minimum) };
    case 'unrecognized_keys': {
      const members = issue.keys.slice(0, membersMax).map((key) => key.slice(0, memberCharactersMax));
      return { code: 'unknown-members', params: { members } };
    }
    default:
      return { code: 'other', params: {} };
  }
}

const boundOf = (
  { origin, inclusive = false, exact = false }: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall,
  limit: number | bigint,
) => ({
  of: origin,
  limit: Number(limit),
  bound: exact ? ('exact' as const) : inclusive ? ('inclusive' as const) : ('exclusive' as const),
});

const plain = (value: unknown): string | number | boolean | null =>
  typeof value === 'number' || typeof value === 'boolean' || value === null ? value : String(value);

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? Reflect.get(value, part)
        : undefined,
    input,
  );

/** As zod calls them. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isNaN(value) ? 'NaN' : typeof value;
}
