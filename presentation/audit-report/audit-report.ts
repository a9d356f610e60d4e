/** The account of a release: what management and auditors ask of its ledger, as values. `page.ts` puts them into words. */
import { localDay } from '#domain/plan/calendar.ts';
import { type Score, scorecard } from '#domain/rules/scorecard.ts';
import type { TimelineInput } from '../timeline/context.ts';
import * as dates from './committed-dates.ts';
import { type Decision, decisionsOf } from './decisions.ts';
import {
  type IncidentAccount,
  incidentAccounts,
  type RiskAccount,
  riskAccounts,
} from './incidents-and-risks.ts';
import { type AuditOutcome, outcomeOf } from './outcome.ts';
import * as answers from './response-times.ts';
import { type Hours, hoursOf } from './time-spent.ts';

export interface Account {
  readonly outcome: AuditOutcome;
  readonly startedAt: string;
  /** When it was closed; of a release under way, its last fact. */
  readonly endedAt: string;
  readonly hours: Hours;
  readonly phases: readonly dates.PhaseCommitment[];
  readonly messages: readonly dates.MessageCommitment[];
  readonly exposures: readonly dates.ExposureCommitment[];
  readonly gates: readonly answers.GateResponseTime[];
  readonly calls: readonly answers.CallResponseTime[];
  readonly scores: readonly Score[];
  readonly decisions: readonly Decision[];
  readonly incidents: readonly IncidentAccount[];
  readonly risks: readonly RiskAccount[];
}

/** Throws RangeError for a ledger without entries. */
export function accountOf(input: TimelineInput): Account {
  const { plan, release, entries } = input;
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) throw new RangeError('the ledger has no entries: an account needs at least one');
  const endedAt = release.closedAt ?? last.at;
  return {
    outcome: outcomeOf(plan, release, entries),
    startedAt: first.at,
    endedAt,
    hours: hoursOf(plan, entries, endedAt),
    phases: dates.phaseCommitments(input),
    messages: dates.messageCommitments(input),
    exposures: dates.exposureCommitments(input),
    gates: answers.gateResponseTimes(input),
    calls: answers.callResponseTimes(input),
    scores: scorecard(plan, release, localDay(Date.parse(endedAt), plan.timeZone)),
    decisions: decisionsOf(entries),
    incidents: incidentAccounts(input),
    risks: riskAccounts(input),
  };
}
