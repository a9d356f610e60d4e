/** Which rollback level answers what went wrong: by severity, by component, and by what users have (section 8.3). */
import type { Reason } from '../ledger/facts.ts';
import type { Release } from '../ledger/records.ts';
import type { Plan, RollbackLevelName } from '../plan/plan.ts';
import { rollbackLevels } from '../plan/plan.ts';

export interface RollbackChoice {
  readonly level: RollbackLevelName | 'none';
  /** The component that is switched off or limited; empty when it is the whole. */
  readonly component: string;
}

/**
 * - Nothing installed and nobody exposed: `none`, a person decides.
 * - No attempt left: `full`, because correcting once more is not allowed.
 * - A person may name the level; otherwise the severity does; a level that works on one component needs to know which.
 */
export function chooseRollback(
  plan: Plan,
  release: Pick<Release, 'deployed' | 'exposure'>,
  failure: { readonly phase: string; readonly attempt: number; readonly reason: Reason },
): RollbackChoice {
  if (!release.deployed && release.exposure === 0) return { level: 'none', component: '' };
  const { reason } = failure;
  const phase = plan.phases.find(({ id }) => id === failure.phase);
  const component = reason.component ?? '';
  if (phase && failure.attempt >= phase.attemptsMax) return { level: 'full', component };
  const severity = reason.severity ?? 'critical';
  const level =
    reason.level ??
    rollbackLevels.find((name) => plan.rollback[name].severities.includes(severity)) ??
    'full';
  if (level !== 'full' && component === '') return { level: 'full', component };
  return { level, component };
}
