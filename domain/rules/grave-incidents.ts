/** Incidents of a severity that stops what gives users more, until they are resolved or two people say that it need not. */

import type { IncidentRecord, Release } from '../ledger/records.ts';
import { type Plan, type RollbackLevelName, rollbackLevels, type Severity } from '../plan/plan.ts';
import { phaseNow } from './progress.ts';

const grave: readonly Severity[] = ['critical', 'major'];
export const isGrave = (severity: Severity): boolean => grave.includes(severity);

/** Acknowledged, or unanswered, is not over. */
export const isOpen = ({ status }: Pick<IncidentRecord, 'status'>): boolean => status !== 'resolved';

const stops = (one: IncidentRecord): boolean =>
  isGrave(one.severity) && isOpen(one) && one.override?.grantedBy === undefined;

/** Of those that stop a release the one that was opened first. */
export function stoppingIncident({
  incidents,
}: Pick<Release, 'incidents'>): { readonly incident: string; readonly severity: Severity } | undefined {
  const [first] = Object.entries(incidents)
    .filter(([, one]) => stops(one))
    .toSorted(([, a], [, b]) => a.openedAt.localeCompare(b.openedAt));
  return first && { incident: first[0], severity: first[1].severity };
}

/** A grave incident as the clock of a bake sees it. */
export interface Interruption {
  readonly incident: string;
  readonly status: 'open' | 'over' | 'false-alarm';
  /** Epoch milliseconds. */
  readonly endedMs?: number;
}

export const interruptionsOf = ({ incidents }: Pick<Release, 'incidents'>): readonly Interruption[] =>
  Object.entries(incidents).flatMap(([incident, one]): readonly Interruption[] => {
    if (!isGrave(one.severity)) return [];
    if (one.falseAlarm) return [{ incident, status: 'false-alarm' }];
    if (stops(one)) return [{ incident, status: 'open' }];
    const endedMs = Date.parse(one.resolvedAt ?? '');
    return [{ incident, status: 'over', ...(Number.isNaN(endedMs) ? {} : { endedMs }) }];
  });

/** A rollback that a person may order. */
export interface WayBack {
  readonly level: RollbackLevelName;
  /** The phase to order it in. */
  readonly phase: string;
}

/** The way back that the plan names for a severity (section 8.3), where the release has given users something. */
export function wayBackFrom(plan: Plan, release: Release, severity: Severity): WayBack | undefined {
  const { status, deployed, exposure } = release;
  if (status !== 'active' || (!deployed && exposure === 0)) return undefined;
  const level = rollbackLevels.find((one) => plan.rollback[one].severities.includes(severity));
  return level && { level, phase: phaseNow(plan, release).id };
}
