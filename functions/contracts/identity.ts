/**
 * The shapes that cross every edge: ids, percentages, verdicts. Every text and list has a limit. Where zod would be given a
 * sentence it is given the form's name (`violations.ts`): the edge says it in any language.
 */
import * as z from 'zod';
import { rollbackLevels, severities } from '#domain/plan/plan.ts';
import type { Shape } from '#domain/refusals/contract.ts';

/** Names executions and schedules, hence AWS's alphabet and room for what is appended (64 in all). */
export const ReleaseId = z.string().regex(/^[a-z0-9][a-z0-9-]{1,23}$/, 'release-id' satisfies Shape);
export const PhaseId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'phase-id' satisfies Shape);
const Attempt = z.number().int().min(1).max(10);
export const Percent = z.number().int().min(0).max(100);
export const Token = z.string().min(1).max(2048);
export const Text = z.string().max(2000);
/** A reason or a title: at least one character that can be seen. */
export const Given = Text.regex(/\S/, 'some-words' satisfies Shape);
export const Name = z.string().min(1).max(200);
export const UserId = z.string().min(1).max(128);
/** What a user is outside the audience (`personOf`). */
export const Person = z.string().regex(/^[0-9a-f]{64}$/, 'hash' satisfies Shape);
export const Day = z.iso.date('day' satisfies Shape);

export const Verdict = z.enum(['healthy', 'unhealthy', 'inconclusive', 'unknown']);
export const Outcome = z.enum(['promote', 'correct', 'hold', 'roll-back']);

export const Reason = z
  .strictObject({
    kind: z.enum(['verdict', 'script', 'gate', 'hold', 'fault', 'person']).exactOptional(),
    severity: z.enum(severities).exactOptional(),
    level: z.enum(rollbackLevels).exactOptional(),
    component: z.string().max(40).exactOptional(),
    check: z.string().max(40).exactOptional(),
    script: z.string().max(40).exactOptional(),
    error: z.string().max(200).exactOptional(),
    text: Text.exactOptional(),
  })
  .readonly();

/** What every step of a phase is told. */
export const InPhase = z.strictObject({
  releaseId: ReleaseId,
  phase: PhaseId,
  attempt: Attempt,
});
/** A step that parks its task token. Its own answer goes nowhere; the token's answer is the state's result. */
export const Waiting = InPhase.extend({ token: Token });
export const Nothing = z.strictObject({});
