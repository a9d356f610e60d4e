/** A phase as the API shows it: where it stands, when it was to be, and its checklist with who did what. */

import * as z from 'zod';
import { phaseResolutions } from '#domain/ledger/facts.ts';
import { itemKey, type Release } from '#domain/ledger/records.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { phaseEndMs, phaseStartMs } from '#domain/plan/message-dates.ts';
import type { Phase, Plan } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { answersTo } from '#domain/rules/holds.ts';
import { type ItemProgress, itemsProgress } from '#domain/rules/progress.ts';
import { Blocker, Shown } from './causes.ts';
import { Outcome, Verdict } from './identity.ts';

const count = z.int().min(0);
export const PhaseSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.enum(['planned', 'open', 'held', 'closed']),
  /** How often it has been entered. */
  attempt: count,
  /** By the plan and the launch day. */
  planned: z.strictObject({ from: z.string(), to: z.string() }),
  openedAt: z.string().exactOptional(),
  closedAt: z.string().exactOptional(),
  outcome: Outcome.exactOptional(),
  /** How its observation ended. */
  observed: Verdict.exactOptional(),
  /** Held by this; it goes on by itself. */
  heldBy: Blocker.exactOptional(),
  /** While it is held: how it may go on. */
  answers: z.array(z.enum(phaseResolutions)).exactOptional(),
  /** Items of its checklist. */
  checklist: z.strictObject({ done: count, waived: count, open: count, late: count }),
});
const Item = z.strictObject({
  id: z.string(),
  text: z.string(),
  /** The role that ticks it. */
  owner: z.string(),
  verified: z.enum(['person', 'system']),
  /** Before users get access, or at the latest for the gate. */
  due: z.enum(['checklist', 'gate']),
  status: z.enum(['done', 'waived', 'open', 'late']),
  by: z.string().exactOptional(),
  at: z.string().exactOptional(),
  /** What shows that it is done; of a waiver, why it need not be. */
  evidence: Shown.exactOptional(),
});
export const PhaseDetail = PhaseSummary.extend({ items: z.array(Item) });

/** What a view is made of. */
export interface ViewInput {
  readonly plan: Plan;
  readonly release: Release;
  readonly nowMs: number;
}

export function phaseSummaryOf(
  { plan, release, nowMs }: ViewInput,
  phase: Phase,
): z.input<typeof PhaseSummary> {
  const {
    status = 'planned',
    attempt = 0,
    openedAt,
    closedAt,
    outcome,
    observed,
    heldBy,
  } = release.phases[phase.id] ?? {};
  const progress = itemsProgress(plan, release, phase, nowMs);
  const counted = (wanted: ItemProgress['status']) => progress.filter((one) => one.status === wanted).length;
  return {
    id: phase.id,
    name: phase.name,
    status,
    attempt,
    planned: {
      from: toInstant(phaseStartMs(plan, release.launchDay, phase)),
      to: toInstant(phaseEndMs(plan, release.launchDay, phase)),
    },
    ...present({ openedAt, closedAt, outcome, observed: observed?.verdict, heldBy }),
    ...(status === 'held' ? { answers: [...answersTo(plan, release, phase.id, nowMs)] } : {}),
    checklist: {
      done: counted('done'),
      waived: counted('waived'),
      open: counted('open'),
      late: counted('late'),
    },
  };
}

export function phaseDetailOf(seen: ViewInput, phase: Phase): z.input<typeof PhaseDetail> {
  const { plan, release, nowMs } = seen;
  const items = itemsProgress(plan, release, phase, nowMs).map(({ item, status }) => {
    const { id, text, owner, verified, due } = item;
    const { by, at, evidence } = release.items[itemKey(phase.id, id)] ?? {};
    return {
      id,
      text,
      owner,
      due,
      status,
      verified: verified === 'person' ? ('person' as const) : ('system' as const),
      ...present({ by, at, evidence }),
    };
  });
  return { ...phaseSummaryOf(seen, phase), items };
}
