/** What of a phase's checklist is open, and what the system ticks by itself because it saw it happen. */
import { NotFound } from '../errors.ts';
import type { ItemEvidence } from '../ledger/causes.ts';
import type { Fact } from '../ledger/facts.ts';
import { itemKey, type Release } from '../ledger/records.ts';
import type { ChecklistItem, Phase, Plan, Verification } from './plan.ts';

export const itemsOf = (phase: Phase): readonly ChecklistItem[] =>
  phase.checklists.flatMap(({ items }) => items);

/** Throws NotFound. */
export const phaseOf = (plan: Plan, phaseId: string): Phase => {
  const phase = plan.phases.find(({ id }) => id === phaseId);
  if (!phase) {
    const known = plan.phases.map(({ id }) => id);
    throw new NotFound({ code: 'no-such-phase', params: { phase: phaseId, known } });
  }
  return phase;
};

/** Throws NotFound. */
export const itemOf = (phase: Phase, itemId: string): ChecklistItem => {
  const item = itemsOf(phase).find(({ id }) => id === itemId);
  if (!item) throw new NotFound({ code: 'no-such-item', params: { phase: phase.id, item: itemId } });
  return item;
};

/** Items neither done nor waived; `due: checklist` leaves out what is only due at the gate. */
export function openItems(
  phase: Phase,
  release: Release,
  due: 'checklist' | 'gate',
): readonly ChecklistItem[] {
  return itemsOf(phase).filter(
    (item) => (due === 'gate' || item.due === 'checklist') && !release.items[itemKey(phase.id, item.id)],
  );
}

type Seen = Exclude<Verification, 'person'>;

/** The ticks that follow from something the system saw, for every phase that is open now. */
export function systemTicks(
  plan: Plan,
  release: Release,
  seen: Seen,
  evidence: ItemEvidence,
): readonly Fact[] {
  const wanted = JSON.stringify(seen);
  return plan.phases.flatMap((phase) => {
    const state = release.phases[phase.id];
    if (!state || state.status === 'closed') return [];
    return openItems(phase, release, 'gate')
      .filter(({ verified }) => JSON.stringify(verified) === wanted)
      .map(
        (item): Fact => ({
          type: 'item.ticked',
          phase: phase.id,
          attempt: state.attempt,
          item: item.id,
          by: 'jalon',
          system: true,
          evidence,
        }),
      );
  });
}
