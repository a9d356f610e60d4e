/**
 * What answers a phase that cannot go on: by what went wrong, by severity, by component, and by what users have (section 8.3).
 * A step that restores data or ends the release is never taken unasked: see `agreement.ts`.
 */
import type { Cause } from '../ledger/causes.ts';
import type { Reason } from '../ledger/facts.ts';
import type { RollbackCourse } from '../ledger/outcomes.ts';
import type { Release } from '../ledger/records.ts';
import type { Plan } from '../plan/plan.ts';
import { rollbackLevels } from '../plan/plan.ts';

export interface RollbackChoice {
  readonly level: RollbackCourse;
  /** The component that is switched off or limited; empty when it is the whole. */
  readonly component: string;
}

interface Failure {
  readonly phase: string;
  readonly reason: Reason;
}

/**
 * What a cause may bring about without a person's word. `verdict`: the level of its severity, as far as nobody must agree.
 * `plan`: the phase was left for a rollback because the plan says so; what can be given again is taken back, and people are asked.
 * `nothing`: the product is not known to be ill; users keep what they have, and people are asked.
 */
type Power = 'verdict' | 'plan' | 'nothing';
const powers: Readonly<Record<Exclude<Cause['code'], 'criterion'>, Power>> = {
  check: 'verdict',
  rejected: 'plan',
  'gate-late': 'plan',
  script: 'plan',
  'not-proven': 'nothing',
  'held-too-often': 'nothing',
  'corrected-after-hold': 'nothing',
  'no-correction': 'nothing',
  fault: 'nothing',
  // Without a level: it cannot be told how far back.
  ordered: 'nothing',
};

/** A verdict of a check of class `rollback`, watched by a bake or asked by a gate. */
export const isVerdict = (plan: Plan, { phase, reason: { cause } }: Failure): boolean =>
  cause !== undefined && powerOf(plan, phase, cause) === 'verdict';

function powerOf(plan: Plan, phase: string, cause: Cause): Power {
  if (cause.code !== 'criterion') return powers[cause.code];
  const { criteria = [] } = plan.phases.find(({ id }) => id === phase)?.gate ?? {};
  const criterion = criteria.find(({ id }) => id === cause.params.criterion);
  return plan.checks[criterion?.check ?? '']?.class === 'rollback' ? 'verdict' : 'plan';
}

/**
 * - A person has named the level: that one.
 * - Nothing installed and nobody exposed, or the phase was left for a correction that is not allowed any more: people are asked.
 * - Otherwise the severity names the level. One that works on a component needs to know which; where nobody knows, access is
 *   withdrawn.
 */
export function chooseRollback(
  plan: Plan,
  release: Pick<Release, 'deployed' | 'exposure' | 'exposing' | 'phases'>,
  failure: Failure,
): RollbackChoice {
  const { phase, reason } = failure;
  const { component = '', severity = 'critical', cause } = reason;
  if (reason.level !== undefined) return { level: reason.level, component };
  const isGiven = Math.max(release.exposure, release.exposing ?? 0) > 0;
  const power = cause === undefined ? 'nothing' : powerOf(plan, phase, cause);
  const corrects = release.phases[phase]?.outcome === 'correct';
  if (power === 'nothing' || corrects || (!isGiven && !release.deployed)) return { level: 'none', component };
  const named = rollbackLevels.find((name) => plan.rollback[name].severities.includes(severity)) ?? 'full';
  const withdraw: RollbackChoice = { level: isGiven ? 'withdraw' : 'none', component };
  if (named === 'full') return power === 'verdict' ? { level: 'full', component } : withdraw;
  if (component === '') return withdraw;
  return { level: power === 'verdict' ? named : 'switch-off', component };
}
