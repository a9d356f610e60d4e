/** Incidents of a release with who was called and how long it took, and the risks of the plan that came true. */

import type { IncidentTitle } from '#domain/ledger/causes.ts';
import type { Severity } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { factsOf, type TimelineInput } from '../timeline/context.ts';
import { minutesOf } from './commitment.ts';

export interface IncidentAccount {
  readonly incident: string;
  readonly phase: string;
  readonly severity: Severity;
  readonly title: IncidentTitle;
  readonly openedAt: string;
  /** Levels of the escalation that were called, in order. */
  readonly levels: readonly number[];
  readonly acknowledgedBy?: string;
  readonly minutesToAcknowledge?: number;
  readonly resolvedBy?: string;
  readonly minutesToResolve?: number;
  readonly unanswered: boolean;
}

export function incidentAccounts({ entries }: Pick<TimelineInput, 'entries'>): readonly IncidentAccount[] {
  return factsOf(entries, 'incident.opened').map(({ at, fact }): IncidentAccount => {
    const { incident, phase, severity, title } = fact;
    const mine = (one: { readonly fact: { readonly incident: string } }) => one.fact.incident === incident;
    const acknowledged = factsOf(entries, 'incident.acknowledged').find(mine);
    const resolved = factsOf(entries, 'incident.resolved').find(mine);
    return {
      incident,
      phase,
      severity,
      title,
      openedAt: at,
      levels: factsOf(entries, 'incident.called')
        .filter(mine)
        .map((call) => call.fact.level),
      ...(acknowledged
        ? { acknowledgedBy: acknowledged.fact.by, minutesToAcknowledge: minutesOf(at, acknowledged.at) }
        : {}),
      ...(resolved
        ? { ...present({ resolvedBy: resolved.fact.by }), minutesToResolve: minutesOf(at, resolved.at) }
        : {}),
      unanswered: factsOf(entries, 'incident.unanswered').some(mine),
    };
  });
}

export interface RiskAccount {
  readonly risk: string;
  /** The check that saw it. */
  readonly check: string;
  readonly from: string;
  /** Absent: it was still seen when the account ends. */
  readonly to?: string;
}

/** A row for each time that a risk was seen coming true. */
export function riskAccounts({ entries }: Pick<TimelineInput, 'entries'>): readonly RiskAccount[] {
  const changes = factsOf(entries, 'risk.changed');
  return changes.flatMap(({ at, seq, fact: { risk, check, state } }, index): readonly RiskAccount[] => {
    const seenBefore = changes.slice(0, index).findLast(({ fact }) => fact.risk === risk)?.fact.state;
    if (state !== 'threatening' || seenBefore === 'threatening') return [];
    const to = changes.find(
      (one) => one.seq > seq && one.fact.risk === risk && one.fact.state === 'quiet',
    )?.at;
    return [{ risk, check, from: at, ...present({ to }) }];
  });
}
