/** The account of a release: what management and auditors ask of its ledger, as values. `page.ts` puts them into words. */
import { localDay } from '../calendar.ts';
import { type Score, scorecard } from '../scorecard.ts';
import type { Told } from '../telling/story.ts';
import { type Decision, decisionsOf } from './decisions.ts';
import { type Hours, hoursOf } from './hours.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import * as promises from './promises.ts';
import { type IncidentAccount, incidentAccounts, type RiskAccount, riskAccounts } from './troubles.ts';

export interface Account {
  readonly outcome: Outcome;
  readonly startedAt: string;
  /** When it was closed; of a release under way, its last fact. */
  readonly endedAt: string;
  readonly hours: Hours;
  readonly phases: readonly promises.PhasePromise[];
  readonly messages: readonly promises.MessagePromise[];
  readonly exposures: readonly promises.ExposurePromise[];
  readonly gates: readonly promises.GatePromise[];
  readonly calls: readonly promises.CallPromise[];
  readonly scores: readonly Score[];
  readonly decisions: readonly Decision[];
  readonly incidents: readonly IncidentAccount[];
  readonly risks: readonly RiskAccount[];
}

/** Throws RangeError for a ledger without entries. */
export function accountOf(told: Told): Account {
  const { plan, release, entries } = told;
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) throw new RangeError('the ledger has no entries: an account needs at least one');
  const endedAt = release.closedAt ?? last.at;
  return {
    outcome: outcomeOf(plan, release, entries),
    startedAt: first.at,
    endedAt,
    hours: hoursOf(plan, entries, endedAt),
    phases: promises.phasePromises(told),
    messages: promises.messagePromises(told),
    exposures: promises.exposurePromises(told),
    gates: promises.gatePromises(told),
    calls: promises.callPromises(told),
    scores: scorecard(plan, release, localDay(Date.parse(endedAt), plan.timeZone)),
    decisions: decisionsOf(entries),
    incidents: incidentAccounts(told),
    risks: riskAccounts(told),
  };
}
