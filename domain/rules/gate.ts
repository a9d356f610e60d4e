/**
 * What a gate decides: criteria, checklist and approvals in; promote, correct, hold, roll back or "not yet" out.
 * Silence never promotes: a criterion without a value keeps the gate open until its time is up.
 */

import type { CriterionReading, Reason } from '../ledger/facts.ts';
import type { Approval } from '../ledger/records.ts';
import type { Check, Gate, GateOutcome } from '../plan/plan.ts';
import { type Brake, sentenceOf } from './blockers.ts';

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
  readonly brake: Brake | undefined;
  /** The phase's last day has ended, or somebody has skipped the wait for it. */
  readonly ended: boolean;
  /** The gate has been open for longer than its `timeoutHours`. */
  readonly late: boolean;
}

export type GateDecision =
  | { readonly outcome: GateOutcome; readonly reason: Reason }
  | { readonly outcome: 'wait'; readonly for: string }
  | { readonly outcome: 'escalate'; readonly for: string };

const wait = (reason: string): GateDecision => ({ outcome: 'wait', for: reason });

/** Rules in order; the first that speaks decides. */
export function decideGate(situation: GateSituation): GateDecision {
  const { gate, approvals, ordered, brake } = situation;
  if (ordered) return ordered;
  const rejection = standing(approvals).find(({ approved }) => !approved);
  if (rejection) {
    return {
      outcome: gate.onReject,
      reason: {
        kind: 'gate',
        severity: 'critical',
        text: shorten(`${rejection.role}: ${rejection.comment}`),
      },
    };
  }
  if (gate.notBefore === 'end' && !situation.ended) return wait('the last day of the phase');
  const failures = counting(situation)
    .filter(({ verdict }) => verdict === 'unhealthy')
    .map((reading) => failure(situation, reading));
  // A criterion that only holds must not hide one that rolls back.
  const gravest = gravity.map((outcome) => failures.find((one) => one.outcome === outcome)).find(Boolean);
  if (gravest) return gravest;
  // It keeps the release from going on, never from going back.
  if (brake) return wait(sentenceOf(brake.cause));
  const missing = whatIsMissing(situation);
  if (missing === undefined) return { outcome: 'promote', reason: {} };
  if (!situation.late) return wait(missing);
  if (gate.onTimeout === 'escalate') return { outcome: 'escalate', for: missing };
  const outcome = gate.onTimeout === 'reject' ? gate.onReject : gate.onTimeout;
  return { outcome, reason: { kind: 'gate', text: `waited too long for ${missing}` } };
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

/** A reason crosses the state machine, whose payload is small. */
const reasonLengthMax = 500;
const shorten = (text: string) => text.slice(0, reasonLengthMax);

/** What keeps the gate from promoting, in words; nothing when all is there. */
function whatIsMissing(situation: GateSituation): string | undefined {
  const { gate, openItems, readings, overridden } = situation;
  if (openItems > 0) return `${openItems} items of the checklist`;
  const silent = gate.criteria.find(
    ({ id, check }) =>
      check !== undefined &&
      !overridden.includes(id) &&
      !readings.some((one) => one.criterion === id && one.verdict === 'healthy'),
  );
  if (silent) return `a value for criterion ${silent.id}`;
  return approvalsMissing(situation);
}

function failure({ gate, checks }: GateSituation, reading: CriterionReading): GateDecision {
  const criterion = gate.criteria.find(({ id }) => id === reading.criterion);
  const check = checks[criterion?.check ?? ''];
  return {
    outcome: criterion?.onFail ?? 'hold',
    reason: {
      kind: 'gate',
      severity: check?.severity ?? 'technical',
      ...(check?.component === undefined ? {} : { component: check.component }),
      ...(criterion?.check === undefined ? {} : { check: criterion.check }),
      text: `${criterion?.text ?? reading.criterion} (${reading.value ?? 'no value'})`,
    },
  };
}

/** Roles that have not approved. A criterion bound to an approval holds when that role has approved. */
export function missingRoles({ approvals, criteria }: Gate, given: readonly Approval[]): readonly string[] {
  const roles = [...approvals.roles, ...criteria.flatMap(({ approval }) => approval ?? [])];
  const granted = new Set(standing(given).flatMap(({ role, approved }) => (approved ? [role] : [])));
  return [...new Set(roles)].filter((role) => !granted.has(role));
}

/** Every role, enough people, and not only the one who started the release. */
function approvalsMissing({ gate, approvals, startedBy }: GateSituation): string | undefined {
  const granted = standing(approvals);
  const missing = missingRoles(gate, approvals);
  if (missing.length > 0) return `approval by ${missing.join(', ')}`;
  const people = new Set(granted.map(({ by }) => by));
  if (people.size < gate.approvals.peopleMin) return `${gate.approvals.peopleMin - people.size} more people`;
  if (gate.approvals.fourEyes && people.size === 1 && people.has(startedBy)) return 'a second pair of eyes';
  return undefined;
}
