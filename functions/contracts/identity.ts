/**
 * The shapes that cross every edge: ids, percentages, verdicts. Every text and list has a limit. Where zod would be given a
 * sentence it is given the form's name (`violations.ts`): the edge says it in any language.
 */
import * as z from 'zod';
import { rollbackLevels, severities } from '#domain/plan/plan.ts';
import { saysSomething } from '#domain/quoted.ts';
import type { ValueShape } from '#domain/refusals/contract.ts';
import { Cause, quote } from './causes.ts';

/** Names executions and schedules, hence AWS's alphabet and room for what is appended (64 in all). */
export const ReleaseId = z.string().regex(/^[a-z0-9][a-z0-9-]{1,23}$/, 'release-id' satisfies ValueShape);
export const PhaseId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'phase-id' satisfies ValueShape);
const Attempt = z.number().int().min(1).max(10);
export const Percent = z.number().int().min(0).max(100);
export const Token = z.string().min(1).max(2048);
export const Text = z.string().max(2000);
/** What somebody writes, or nothing. */
export const Words = quote(Text);
/** Of Unicode's first plane: controls, and what turns, joins, spaces or is drawn as nothing. */
const unseen = [
  ...[
    '\\u0000-\\u001f',
    '\\u007f-\\u00a0',
    '\\u00ad',
    '\\u061c',
    '\\u115f-\\u1160',
    '\\u1680',
    '\\u17b4-\\u17b5',
  ],
  ...[
    '\\u180b-\\u180f',
    '\\u2000-\\u200f',
    '\\u2028-\\u202f',
    '\\u205f-\\u206f',
    '\\u2800',
    '\\u3000',
    '\\u3164',
  ],
  ...['\\ufe00-\\ufe0f', '\\ufeff', '\\uffa0', '\\ufff0-\\ufffb'],
].join('');
/**
 * A reason or a title: at least one sign that can be seen. Clients read the pattern, which knows the signs of the first plane;
 * those of the others are refused all the same.
 */
export const FreeText = quote(
  Text.regex(new RegExp(`[^\\s${unseen}]`), 'some-words' satisfies ValueShape).refine(
    saysSomething,
    'some-words' satisfies ValueShape,
  ),
);
export const Name = z.string().min(1).max(200);
export const UserId = z.string().min(1).max(128);
/** What a user is outside the audience (`personOf`). */
export const Person = z.string().regex(/^[0-9a-f]{64}$/, 'hash' satisfies ValueShape);
export const Day = z.iso.date('day' satisfies ValueShape);

/**
 * A number that the store holds as it is (Amazon DynamoDB, "Numbers": 1E-130 to 9.9E+125, and their negatives). What is nearer to
 * zero is zero.
 */
export const Storable = z
  .number()
  .min(-9.9e125)
  .max(9.9e125)
  .transform((value) => (Math.abs(value) < 1e-130 ? 0 : value));

export const Verdict = z.enum(['healthy', 'unhealthy', 'inconclusive', 'unknown']);
export const Outcome = z.enum(['promote', 'correct', 'hold', 'roll-back']);

export const Reason = z
  .strictObject({
    cause: Cause.exactOptional(),
    severity: z.enum(severities).exactOptional(),
    level: z.enum(rollbackLevels).exactOptional(),
    component: z.string().max(40).exactOptional(),
  })
  .readonly();

/** What every step of a phase is told. */
export const InPhase = z.strictObject({
  releaseId: ReleaseId,
  phase: PhaseId,
  attempt: Attempt,
});
/** A step that parks its task token. Its own answer goes nowhere; the token's answer is the state's result. */
export const TokenInput = InPhase.extend({ token: Token });
export const EmptyOutput = z.strictObject({});
