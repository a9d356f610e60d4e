/** A gate: who approved, what was measured, what was decided. */

import { meets } from '#domain/judge/check.ts';
import type { LedgerEntry } from '#domain/ledger/entries.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import { phaseEndMs } from '#domain/plan/message-dates.ts';
import type { Criterion, Plan } from '#domain/plan/plan.ts';
import type { Mark } from './context.ts';
import {
  type FactOf,
  factsOf,
  type TimelineContext,
  type TimelineLine,
  type TimelineSection,
} from './context.ts';

type Decided = Pick<LedgerEntry, 'at' | 'seq'> & { readonly fact: FactOf<'gate.decided'> };

const outcomeMarks = { promote: 'good', correct: 'bad', hold: 'warning', 'roll-back': 'bad' } as const;

export function gateDecided(
  context: TimelineContext,
  section: TimelineSection,
  { at, fact }: Decided,
): TimelineLine {
  const { texts } = context;
  const gate = context.phase(fact.phase)?.gate;
  const approvers = new Set(factsOf(section.entries, 'gate.approved').map((approval) => approval.fact.role));
  const criteria = (gate?.criteria ?? []).map((criterion) => describe(context, criterion, fact, approvers));
  // A criterion that failed says why by itself.
  const shown = fact.outcome === 'promote' || criteria.some(({ mark }) => mark === 'bad');
  const why = shown ? '' : ` (${context.reason(fact.reason)})`;
  return {
    at,
    mark: outcomeMarks[fact.outcome],
    text: `${texts.decided[fact.outcome]}${why}`,
    details: criteria.length > 0 ? criteria : [{ text: texts.noCriteria }],
  };
}

/** Who must approve, and from when on the gate may decide. */
export function gateOpened(
  context: TimelineContext,
  { at, seq, fact }: Pick<LedgerEntry, 'at' | 'seq'> & { readonly fact: FactOf<'gate.opened'> },
): TimelineLine {
  const { texts, format, plan } = context;
  const phase = context.phase(fact.phase);
  const roles = (phase?.gate.approvals.roles ?? []).map((role) => context.role(role)).join(', ');
  const endMs = phase?.gate.notBefore === 'end' ? phaseEndMs(plan, context.launchDayAt(seq), phase) : 0;
  const notBefore = endMs > Date.parse(at) ? texts.notBefore(format.moment(toInstant(endMs))) : '';
  return { at, mark: 'neutral', text: `${texts.gateOpened(roles)}${notBefore}` };
}

function describe(
  context: TimelineContext,
  { id, text, check: checkId, approval }: Criterion,
  { readings, overridden = [] }: FactOf<'gate.decided'>,
  approvers: ReadonlySet<string>,
): { readonly mark: Mark; readonly text: string } {
  const { texts } = context;
  const named = `${id} ${text}${texts.colon}`;
  if (approval !== undefined) {
    const role = context.role(approval);
    return approvers.has(approval)
      ? { mark: 'good', text: `${named}${texts.criterionApproved(role)}` }
      : { mark: 'warning', text: `${named}${texts.criterionNotApproved(role)}` };
  }
  if (overridden.includes(id)) return { mark: 'warning', text: `${named}${texts.notCounted}` };
  const reading = readings.find(({ criterion }) => criterion === id);
  const check: Plan['checks'][string] | undefined = context.plan.checks[checkId ?? ''];
  const mark = verdictMarks[reading?.verdict ?? 'unknown'];
  if (!check || reading?.value === undefined) {
    const passes = reading?.verdict === 'healthy';
    return { mark, text: `${named}${passes ? texts.noDataPasses : texts.criterionUnread}` };
  }
  const measured = text.toLowerCase().includes(check.name.toLowerCase()) ? '' : `${check.name} `;
  const value = `${measured}${context.format.reading(reading.value, check.objective)}`;
  const objective = texts.objectiveIs(context.format.objective(check.objective));
  const excused = reading.verdict === 'healthy' && !meets(check.objective, reading.value);
  return { mark, text: `${named}${value} (${objective}${excused ? `, ${texts.belowControl}` : ''})` };
}

const verdictMarks = {
  healthy: 'good',
  unhealthy: 'bad',
  inconclusive: 'warning',
  unknown: 'warning',
} as const;
