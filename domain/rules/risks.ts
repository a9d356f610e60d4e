/** Risks follow their checks: what a check says of the release, it says of the risks that it watches. */
import type { Fact, RiskState } from '../ledger/facts.ts';
import type { Release } from '../ledger/records.ts';
import type { Plan } from '../plan/plan.ts';

/** What changes for the risks that this check watches; a risk is quiet again when the check that spoke last says so. */
export function risksOf(plan: Plan, { risks }: Release, check: string, state: RiskState): readonly Fact[] {
  return plan.risks
    .filter(({ id, watchedBy }) => {
      const { state: was = 'quiet', check: by = check } = risks[id] ?? {};
      return watchedBy.checks.includes(check) && was !== state && (state === 'threatening' || by === check);
    })
    .map(({ id }) => ({ type: 'risk.changed', risk: id, state, check }));
}
