/**
 * What a gate decides: criteria, checklist and approvals in; promote, correct, hold, roll back or "not yet" out.
 * Silence never promotes: a criterion without a value keeps the gate open until its time is up.
 */

import type { GateNeed } from '../ledger/causes.ts';
import type { CriterionReading, Reason } from '../ledger/facts.ts';
import type { Approval } from '../ledger/records.ts';
import type { Check, Gate, GateOutcome } from '../plan/plan.ts';
import { present } from '../present.ts';
import type { Blocking } from './blockers.ts';

/** Version of the rules below, kept with every decision: raise it when the same situation is decided otherwise. */
export const gateRules = 2;

export interface GateSituation {
  readonly gate: Gate;
  readonly checks: Readonly<Record<string, Check>>;
  readonly readings: readonly CriterionReading[];
  /** Items of the phase that are neither done nor waived. */
  readonly openItems: number;
  readonly approvals: readonly Approval[];
  readonly startedBy: string;
  /** A person has ordered another way out. */
  readonly ordered?: { readonly outcome: GateOutcome; readonly reason: Reason };
  /** Criteria that two people have said need not hold. */
  readonly overridden: readonly string[];
  readonly blocking: Blocking | undefined;
  /** The phase's last day has ended, or somebody has skipped the wait for it. */
  readonly ended: boolean;
  /** The gate has been open for longer than its `timeoutHours`. */
  readonly late: boolean;
}

export type GateDecision =
  | { readonly outcome: GateOutcome; readonly reason: Reason }
  | { readonly outcome: 'wait'; readonly need: GateNeed }
  | { readonly outcome: 'escalate'; readonly need: GateNeed };

const wait = (need: GateNeed): GateDecision => ({ outcome: 'wait', need });

/** Rules in order; the first that speaks decides. */
export function decideGate(situation: GateSituation): GateDecision {
  const { gate, approvals, ordered, blocking } = situation;
  if (ordered) return ordered;
  const rejection = standing(approvals).find(({ approved }) => !approved);
  if (rejection) {
    const { role, by, comment } = rejection;
    const cause = { code: 'rejected', params: { role, by, comment } } as const;
    return { outcome: gate.onReject, reason: { severity: 'critical', cause } };
  }
  if (gate.notBefore === 'end' && !situation.ended) return wait({ code: 'last-day', params: {} });
  const failures = counting(situation)
    .filter(({ verdict }) => verdict === 'unhealthy')
    .map((reading) => failure(situation, reading));
  // A criterion that only holds must not hide one that rolls back.
  const gravest = gravity.map((outcome) => failures.find((one) => one.outcome === outcome)).find(Boolean);
  if (gravest) return gravest;
  // It keeps the release from going on, never from going back.
  if (blocking) return wait(blocking.cause);
  const missing = whatIsMissing(situation);
  if (missing === undefined) return { outcome: 'promote', reason: {} };
  if (!situation.late) return wait(missing);
  if (gate.onTimeout === 'escalate') return { outcome: 'escalate', need: missing };
  const outcome = gate.onTimeout === 'reject' ? gate.onReject : gate.onTimeout;
  return { outcome, reason: { cause: { code: 'gate-late', params: { need: missing } } } };
}

/** Readings of the criteria that nobody has overridden. */
const counting = ({ readings, overridden }: GateSituation): readonly CriterionReading[] =>
  readings.filter(({ criterion }) => !overridden.includes(criterion));

/** What a failed criterion asks for, the gravest first. */
const gravity = ['roll-back', 'correct', 'hold'] as const;

/** Each person's newest word for each role: who approved may still reject, and the other way round. */
export const standing = (approvals: readonly Approval[]): readonly Approval[] => [
  ...new Map(approvals.map((approval) => [`${approval.by}/${approval.role}`, approval])).values(),
];

/** What keeps the gate from promoting; nothing when all is there. */
function whatIsMissing(situation: GateSituation): GateNeed | undefined {
  const { gate, openItems, readings, overridden } = situation;
  if (openItems > 0) return { code: 'items', params: { open: openItems } };
  const silent = gate.criteria.find(
    ({ id, check }) =>
      check !== undefined &&
      !overridden.includes(id) &&
      !readings.some((one) => one.criterion === id && one.verdict === 'healthy'),
  );
  if (silent) return { code: 'criterion', params: { criterion: silent.id } };
  return approvalsMissing(situation);
}

function failure({ gate, checks }: GateSituation, reading: CriterionReading): GateDecision {
  const criterion = gate.criteria.find(({ id }) => id === reading.criterion);
  const check = checks[criterion?.check ?? ''];
  return {
    outcome: criterion?.onFail ?? 'hold',
    reason: {
      severity: check?.severity ?? 'technical',
      ...present({ component: check?.component }),
      cause: { code: 'criterion', params: readingOf(reading) },
    },
  };
}

const readingOf = ({ criterion, value }: CriterionReading) => ({
  criterion,
  ...present({ value }),
});

/** Roles that have not approved. A criterion bound to an approval holds when that role has approved. */
export function missingRoles({ approvals, criteria }: Gate, given: readonly Approval[]): readonly string[] {
  const roles = [...approvals.roles, ...criteria.flatMap(({ approval }) => approval ?? [])];
  const granted = new Set(standing(given).flatMap(({ role, approved }) => (approved ? [role] : [])));
  return [...new Set(roles)].filter((role) => !granted.has(role));
}

/** Every role, enough people, and not only the one who started the release. */
function approvalsMissing({ gate, approvals, startedBy }: GateSituation): GateNeed | undefined {
  const granted = standing(approvals);
  const missing = missingRoles(gate, approvals);
  if (missing.length > 0) return { code: 'approvals', params: { roles: missing } };
  const people = new Set(granted.map(({ by }) => by));
  const more = gate.approvals.peopleMin - people.size;
  if (more > 0) return { code: 'people', params: { more } };
  if (gate.approvals.fourEyes && people.size === 1 && people.has(startedBy))
    return { code: 'second-person', params: {} };
  return undefined;
}
