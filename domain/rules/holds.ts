/** How a held phase may go on: only what can end well from where it stands. The API refuses by it, notices and views offer it. */

import { NotAllowedNow } from '../errors.ts';
import type { Blocker } from '../ledger/causes.ts';
import { type Fact, type PhaseResolution, phaseResolutions } from '../ledger/facts.ts';
import { lastAttempt, type Release } from '../ledger/records.ts';
import { phaseOf } from '../plan/checklist.ts';
import type { Plan } from '../plan/plan.ts';
import { type Blocking, blockingOf } from './blockers.ts';
import { givesMore } from './exposing.ts';
import { correctionsUsedUp, standingOrder } from './interventions.ts';
import type { Wait } from './wait.ts';

/** Whether the answer can end well, or what keeps it from that now. */
type Prospect = boolean | Blocker;

/**
 * Before users have what the phase gives them there is nothing to observe and nothing to promote; once they have it there
 * is nothing to give. To go back is an order, and always possible.
 */
function prospectOf(
  plan: Plan,
  release: Release,
  id: string,
  answer: PhaseResolution,
  nowMs: number,
): Prospect {
  const phase = phaseOf(plan, id);
  const { exposure: percent = 0, observation } = phase;
  switch (answer) {
    case 'expose':
      return givesMore(release, percent) ? (blockingOf(plan, release, id, nowMs)?.cause ?? true) : false;
    case 'observe':
      return observation !== undefined && hasAccess(release, percent);
    case 'gate':
      return hasAccess(release, percent);
    case 'correct':
      return correctionsUsedUp(plan, release, phase, lastAttempt(release, id)) === undefined;
  }
}

const hasAccess = ({ exposure, exposing = exposure }: Release, percent: number): boolean =>
  Math.min(exposure, exposing) >= percent;

/** What may be answered to the hold of a phase now. */
export const answersTo = (
  plan: Plan,
  release: Release,
  phase: string,
  nowMs: number,
): readonly PhaseResolution[] =>
  phaseResolutions.filter((answer) => prospectOf(plan, release, phase, answer, nowMs) === true);

/** Throws NotAllowedNow, with what blocks it or what can be answered instead. */
export function refuseAnswer(
  plan: Plan,
  release: Release,
  phase: string,
  answer: PhaseResolution,
  nowMs: number,
): void {
  const prospect = prospectOf(plan, release, phase, answer, nowMs);
  if (prospect === true) return;
  if (prospect !== false)
    throw new NotAllowedNow({ code: 'answer-held-back', params: { phase, answer, because: prospect } });
  const possible = answersTo(plan, release, phase, nowMs);
  throw new NotAllowedNow({ code: 'answer-impossible', params: { phase, answer, possible } });
}

/** Of a phase that something keeps from giving access: what does so now, or that nothing does any more. */
export function unblock(
  plan: Plan,
  release: Release,
  { phase, attempt }: Pick<Wait, 'phase' | 'attempt'>,
  nowMs: number,
): { readonly blocking: Blocking } | { readonly facts: readonly Fact[] } {
  const blocker = release.phases[phase]?.heldBy;
  if (blocker === undefined || standingOrder(release, { phase, attempt })) return { facts: [] };
  const blocking = blockingOf(plan, release, phase, nowMs);
  return blocking ? { blocking } : { facts: [{ type: 'phase.unblocked', phase, attempt, blocker }] };
}
