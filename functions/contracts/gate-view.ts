/** A gate as the API shows it: what it asks, who has said what, and what it decided by which values. */

import * as z from 'zod';
import { type GateRecord, gateKey, type Release } from '#domain/ledger/records.ts';
import type { Phase } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { Cause, GateNeed } from './causes.ts';
import { Outcome, Reason, Verdict } from './identity.ts';

const Criterion = z.strictObject({
  id: z.string(),
  text: z.string(),
  /** The check that decides it, or the role whose approval says so. */
  check: z.string().exactOptional(),
  approval: z.string().exactOptional(),
  onFail: Outcome,
  /** As recorded with the decision; `value` is in the unit of the check's objective. */
  verdict: Verdict.exactOptional(),
  value: z.number().exactOptional(),
  /** Who asked that it shall not count, and once it does not, who granted it. */
  override: z
    .strictObject({ askedBy: z.string(), comment: z.string(), grantedBy: z.string().exactOptional() })
    .exactOptional(),
});
export const GateView = z.strictObject({
  phase: z.string(),
  attempt: z.int().min(1),
  status: z.enum(['to-come', 'waiting', 'decided']),
  openedAt: z.string().exactOptional(),
  criteria: z.array(Criterion),
  asks: z.strictObject({
    roles: z.array(z.string()),
    peopleMin: z.int().min(0),
    /** Who started the release may not be the only one to approve. */
    fourEyes: z.boolean(),
  }),
  approvals: z.array(
    z.strictObject({
      role: z.string(),
      by: z.string(),
      at: z.string(),
      approved: z.boolean(),
      comment: z.string(),
    }),
  ),
  /** It has waited too long, and somebody was called. */
  escalated: z.boolean(),
  decided: z
    .strictObject({
      outcome: Outcome,
      reason: Reason,
      at: z.string().exactOptional(),
      /** Version of the rules that decided. */
      rules: z.int().exactOptional(),
    })
    .exactOptional(),
});

/** Of a gate that is asked now, and not by what was recorded. */
export const LiveGateView = GateView.extend({
  /** By criterion, in the unit of its check's objective. */
  now: z.array(
    z.strictObject({ criterion: z.string(), verdict: Verdict, value: z.number().exactOptional() }),
  ),
  /** What it would decide if it were asked now; `wait`: nothing yet. */
  would: z.enum(['promote', 'correct', 'hold', 'roll-back', 'wait', 'escalate']),
  /** Why, or what is missing; nothing when it would let the release go on. */
  because: z.union([GateNeed, Cause]).exactOptional(),
});

/** Of the attempt that is or was last; of a phase that has not been entered, the first. */
export function gateViewOf(release: Release, { id, gate }: Phase): z.input<typeof GateView> {
  const { attempt = 1, overrides = {} } = release.phases[id] ?? {};
  const { openedAt, approvals = [], escalated = false, decided } = release.gates[gateKey(id, attempt)] ?? {};
  const { roles, peopleMin, fourEyes } = gate.approvals;
  const readings = new Map(decided?.readings?.map(({ criterion, ...read }) => [criterion, read]));
  return {
    phase: id,
    attempt,
    escalated,
    status: decided ? 'decided' : openedAt === undefined ? 'to-come' : 'waiting',
    ...present({ openedAt }),
    criteria: gate.criteria.map((one) => {
      const override = overrides[one.id];
      return { ...one, ...readings.get(one.id), ...(override ? { override: { ...override } } : {}) };
    }),
    asks: { roles: [...roles], peopleMin, fourEyes },
    approvals: approvals.map((one) => ({ ...one })),
    ...(decided === undefined ? {} : { decided: decisionOf(decided) }),
  };
}

const decisionOf = ({ outcome, reason, at, rules }: NonNullable<GateRecord['decided']>) => ({
  outcome,
  reason,
  ...present({ at, rules }),
});
