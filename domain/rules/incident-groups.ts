/**
 * What one person reports within an hour is one call: fifty reports are not fifty pages. Each stays an incident of its own, in the
 * ledger and to be resolved; the first that is at least as grave has people called, and stands for those that come after it.
 */
import { NotAllowedNow } from '../errors.ts';
import type { IncidentRecord, Release } from '../ledger/records.ts';
import { toInstant } from '../plan/calendar.ts';
import { type Severity, severities } from '../plan/plan.ts';
import { hourMs } from '../time.ts';

/** Of one person, in an hour: more than anybody sees, far fewer than a script sends. */
const reportsMax = 20;

interface Report {
  readonly by: string;
  readonly severity: Severity;
  readonly nowMs: number;
}

/**
 * The incident that people are called for already, if there is one. Throws NotAllowedNow for more reports than a person can have,
 * with the instant from which the next one is taken.
 */
export function groupOf({ incidents }: Release, { by, severity, nowMs }: Report): string | undefined {
  const recent = Object.entries(incidents)
    .filter(([, one]) => one.by === by && Date.parse(one.openedAt) > nowMs - hourMs)
    .toSorted(([, a], [, b]) => a.openedAt.localeCompare(b.openedAt));
  const [oldest] = recent;
  if (oldest && recent.length >= reportsMax) {
    const from = toInstant(Date.parse(oldest[1].openedAt) + hourMs);
    throw new NotAllowedNow({ code: 'too-many-reports', params: { person: by, reportsMax, from } });
  }
  const grave = (one: Severity) => severities.indexOf(one);
  return recent.find(
    ([, one]) =>
      one.groupedWith === undefined && one.status !== 'resolved' && grave(one.severity) >= grave(severity),
  )?.[0];
}

/** Whether people are to be called for an incident by itself. */
export function isCalled(incidents: Release['incidents'], { groupedWith }: IncidentRecord): boolean {
  const first = groupedWith === undefined ? undefined : incidents[groupedWith];
  return first === undefined || first.status === 'resolved';
}
