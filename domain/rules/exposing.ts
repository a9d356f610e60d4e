/** Giving users access: what it writes before the switch is moved, and when it must wait. */

import type { Fact } from '../ledger/facts.ts';
import type { Release } from '../ledger/records.ts';
import type { Plan } from '../plan/plan.ts';
import { blockingOf } from './blockers.ts';

interface Exposing {
  readonly phase: string;
  readonly attempt: number;
  readonly percent: number;
}

/** More users, or more of the product, than they are known to have. */
export function givesMore({ exposure, exposing = exposure, components }: Release, percent: number): boolean {
  if (percent === 0) return false;
  return percent > Math.min(exposure, exposing) || Object.values(components).some((state) => state !== 'on');
}

/**
 * The intention, or that the phase is held by what blocks it, decided in the one commit that writes it. An intention that a
 * blocker has overtaken, because who had it died, is taken back: nobody has been told of it. `nowMs` is absent where nothing
 * holds: in a rollback.
 */
export function intendExposure(
  plan: Plan,
  release: Release,
  { phase, attempt, percent }: Exposing,
  nowMs: number | undefined,
): readonly Fact[] {
  const { exposure, exposing: intended = exposure } = release;
  const mayHold = nowMs !== undefined && givesMore(release, percent);
  if (mayHold && isHeld(release, phase)) return [];
  const blocking = mayHold ? blockingOf(plan, release, phase, nowMs) : undefined;
  if (!blocking)
    return intended === percent
      ? []
      : [{ type: 'exposure.changing', phase, attempt, from: exposure, to: percent }];
  return [
    ...(intended > exposure
      ? [{ type: 'exposure.changing', phase, attempt, from: intended, to: exposure } as const]
      : []),
    { type: 'phase.held', phase, attempt, from: 'exposure', because: blocking.cause },
  ];
}

/** Something keeps the phase from giving access. */
export const isHeld = ({ phases }: Pick<Release, 'phases'>, phase: string): boolean =>
  phases[phase]?.heldBy !== undefined;
