/**
 * Orders: what a person may make a phase do while it is under way, beside what its gate and its checks decide. An order is a
 * fact first; the workflow carries it out at the wait where it stands, or at the next one when a script is running, because
 * what installs must not be overtaken by what takes back.
 */

import { InvalidInput, NotAllowedNow } from '../errors.ts';
import type { Order, Reason } from '../ledger/facts.ts';
import type { OrderRecord, Release } from '../ledger/records.ts';
import { phaseOf } from '../plan/checklist.ts';
import { type Phase, type Plan, type RollbackLevelName, rollbackLevels } from '../plan/plan.ts';
import { present } from '../present.ts';
import { blockingOf, startBlocking } from './blockers.ts';
import { type Wait, waitRules } from './wait.ts';

/** Throws NotAllowedNow, with the wait that the phase stands at: it says what can be done instead. */
export function refuseImpossible(order: Order, phase: Phase, wait: Wait | undefined): void {
  const rule = wait && waitRules[wait.kind];
  if (wait && rule?.of === 'phase' && rule.orders.includes(order)) {
    if (order !== 'skip-wait' || wait.kind === 'start' || phase.gate.notBefore === 'end') return;
    throw new NotAllowedNow({ code: 'gate-without-date', params: { phase: phase.id } });
  }
  const at = wait?.kind ?? 'none';
  throw new NotAllowedNow({ code: 'order-impossible', params: { phase: phase.id, order, at } });
}

/** Throws NotAllowedNow when the release stands still, or no attempt is left for a correction. */
export function refuseForbidden(
  plan: Plan,
  release: Release,
  phase: Phase,
  attempt: number,
  order: Order,
  nowMs: number,
): void {
  const rule = order === 'skip-wait' ? startBlocking : order === 'promote' ? blockingOf : undefined;
  const blocking = rule?.(plan, release, phase.id, nowMs);
  if (blocking)
    throw new NotAllowedNow({
      code: 'order-held-back',
      params: { phase: phase.id, order, because: blocking.cause },
    });
  if (order !== 'correct') return;
  const usedUp = correctionsUsedUp(plan, release, phase, attempt);
  if (usedUp) {
    const { id, attemptsMax } = usedUp;
    throw new NotAllowedNow({ code: 'no-correction-left', params: { phase: id, attemptsMax } });
  }
}

/** The phase that cannot be entered again, of the one that is to be corrected and the one in which it is. */
export function correctionsUsedUp(
  plan: Plan,
  release: Release,
  phase: Phase,
  attempt: number,
): Phase | undefined {
  const { correction } = phase;
  const corrected = correction === 'in-place' ? phase : phaseOf(plan, correction.phase);
  return [phase, corrected].find(
    ({ id, attemptsMax }) => (id === phase.id ? attempt : (release.phases[id]?.attempt ?? 0)) >= attemptsMax,
  );
}

/** Throws InvalidInput. A rollback is asked for its level, and only it; one that works on a component needs to know which. */
export function refuseLevel(
  { components }: Pick<Plan, 'components'>,
  order: Order,
  level: RollbackLevelName | undefined,
  component: string | undefined,
): void {
  if (order !== 'roll-back' && (level !== undefined || component !== undefined))
    throw new InvalidInput({ code: 'level-not-for-order', params: { order } });
  if (order === 'roll-back' && level === undefined)
    throw new InvalidInput({ code: 'rollback-without-level', params: { levels: rollbackLevels } });
  const known = Object.keys(components);
  if (component !== undefined && !known.includes(component))
    throw new InvalidInput({ code: 'no-such-component', params: { component, known } });
  if (level !== undefined && level !== 'full' && component === undefined)
    throw new InvalidInput({ code: 'level-without-component', params: { level, known } });
}

/** The order that stands for a phase's attempt. */
export const standingOrder = (
  { order }: Pick<Release, 'order'>,
  { phase, attempt }: Pick<Wait, 'phase' | 'attempt'>,
): OrderRecord | undefined => (order?.phase === phase && order.attempt === attempt ? order : undefined);

/** That order, when it is of one of these kinds. */
export function orderFor<O extends Order>(
  release: Pick<Release, 'order'>,
  wait: Pick<Wait, 'phase' | 'attempt'>,
  ...kinds: readonly O[]
): (OrderRecord & { readonly order: O }) | undefined {
  const order = standingOrder(release, wait);
  const kind = kinds.find((one) => one === order?.order);
  return order === undefined || kind === undefined ? undefined : { ...order, order: kind };
}

/** Why the phase goes another way, as the state machine hands it on. As grave as the level that was asked for. */
export const reasonOf = (
  { rollback }: Pick<Plan, 'rollback'>,
  { by, reason, level, component }: OrderRecord,
): Reason => ({
  cause: { code: 'ordered', params: { by, reason } },
  severity: (level && rollback[level].severities[0]) ?? 'critical',
  ...present({ level, component }),
});
