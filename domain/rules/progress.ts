/** How far the phases of a release are, beside what the plan wanted by now. */

import { itemKey, type Release } from '../ledger/records.ts';
import { itemsOf } from '../plan/checklist.ts';
import { phaseEndMs } from '../plan/message-dates.ts';
import type { ChecklistItem, Phase, Plan } from '../plan/plan.ts';

/**
 * When the checklist of a phase is to be complete, epoch milliseconds: the planned end, or for a phase that opened late or
 * again, as many days after its opening as were planned.
 */
export function phaseDueMs(plan: Plan, release: Release, phase: Phase): number {
  const plannedMs = phaseEndMs(plan, release.launchDay, phase);
  const openedAt = release.phases[phase.id]?.openedAt;
  if (openedAt === undefined) return plannedMs;
  const lengthMs = Date.parse(phase.to) - Date.parse(phase.from) + 86_400_000;
  return Math.max(plannedMs, Date.parse(openedAt) + lengthMs);
}

type ItemStatus = 'done' | 'waived' | 'open' | 'late';

export interface ItemProgress {
  readonly item: ChecklistItem;
  readonly status: ItemStatus;
}

/** The items of a phase, in the order of the plan. Late is what is open in a phase that is not over though its time is. */
export function itemsProgress(
  plan: Plan,
  release: Release,
  phase: Phase,
  nowMs: number,
): readonly ItemProgress[] {
  const record = release.phases[phase.id];
  const underWay = release.status === 'active' && record !== undefined && record.status !== 'closed';
  const open = underWay && nowMs >= phaseDueMs(plan, release, phase) ? 'late' : 'open';
  return itemsOf(phase).map((item) => ({
    item,
    status: release.items[itemKey(phase.id, item.id)]?.status ?? open,
  }));
}

/** The phases that were entered and are not closed, in the order of the plan. */
export const openPhases = ({ phases }: Plan, release: Release) =>
  phases.filter(({ id }) => release.phases[id] !== undefined && release.phases[id].status !== 'closed');

/** The phase that is under way: the one that was entered last; before the first, the first. */
export function phaseNow(plan: Plan, { phases }: Pick<Release, 'phases'>): Phase {
  const [first] = plan.phases;
  if (!first) throw new RangeError('a plan needs at least one phase');
  const entered = plan.phases.filter(({ id }) => phases[id] !== undefined);
  const since = ({ id }: Phase) => phases[id]?.openedAt ?? '';
  return entered.toSorted((a, b) => since(b).localeCompare(since(a)))[0] ?? first;
}
