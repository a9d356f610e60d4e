/** Incidents: recorded once, then called up the ladder by a machine of their own until somebody acknowledges. */

import type { IncidentTitle } from '#domain/ledger/causes.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import { type IncidentRecord, lastAttempt, type Release } from '#domain/ledger/records.ts';
import { localDay } from '#domain/plan/calendar.ts';
import type { Plan, Severity } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { type Quoted, quoted } from '#domain/quoted.ts';
import { isOpen } from '#domain/rules/grave-incidents.ts';
import { groupOf, isCalled } from '#domain/rules/incident-groups.ts';
import { machineEndMs, machineEndToldDays } from '#domain/rules/launch-day.ts';
import { reviewTask } from '#domain/rules/post-incident-review.ts';
import { phaseNow } from '#domain/rules/progress.ts';
import type { Sha256 } from '#domain/sha256.ts';
import { dayMs } from '#domain/time.ts';
import { unreachable } from '#domain/unreachable.ts';
import { executionNameOf } from './aws-names.ts';
import { commit } from './commit.ts';
import type { BasePorts, Settling, With } from './port-groups.ts';
import { startsMax, startUnderFreeName } from './start-execution.ts';
import { reviewAcknowledgement } from './start-phase.ts';

export interface NewIncident {
  readonly phase: string;
  readonly attempt: number;
  /** Tells two incidents of one attempt apart, so that the same trouble opens one incident: `gate`, `rollback`. */
  readonly cause: string;
  readonly severity: Severity;
  readonly title: IncidentTitle;
  /** Who reported it; absent: the system does. */
  readonly by?: string;
  /**
   * When what it is about began: one that was opened since then is this one, though somebody has resolved it. Absent: trouble that
   * comes back is new.
   */
  readonly since?: string;
}

/** Records the incident, has it called, and answers its id. That nobody could be called now holds nothing up: the reconciler calls again. */
export async function openIncident(
  ports: With<'releases' | 'escalations'>,
  releaseId: string,
  actor: string,
  { cause, since, ...incident }: NewIncident,
): Promise<string> {
  const base = `${incident.phase}.${incident.attempt}.${cause}`;
  const release = await commit(ports, releaseId, actor, (current) => {
    const { incidents } = current;
    const id = currentOf(incidents, base, since);
    if (incidents[id]) return [];
    const { by, severity } = incident;
    const group =
      by === undefined ? undefined : groupOf(current, { by, severity, nowMs: ports.clock.nowMs() });
    return [
      {
        type: 'incident.opened',
        incident: id,
        ...incident,
        ...present({ groupedWith: group }),
      },
    ];
  });
  const id = currentOf(release.incidents, base, since);
  const record = release.incidents[id];
  if (record && isOpen(record) && isCalled(release.incidents, record)) await callUp(ports, release, id);
  return id;
}

/** Closes what the system has opened and sees to be over; nobody needs to be called for it any more. */
export async function closeEnded(
  ports: Settling,
  { id: releaseId, incidents }: Release,
  actor: string,
  isOver: (incident: IncidentRecord) => boolean,
): Promise<void> {
  const ended = Object.entries(incidents).flatMap(([id, one]) =>
    one.by === undefined && isOpen(one) && isOver(one) ? [id] : [],
  );
  if (ended.length === 0) return;
  await commit(ports, releaseId, actor, (release) =>
    ended.flatMap((id) => moveIncident(ports.plan, release, id, 'resolve', {})),
  );
  for (const wait of await ports.waits.open(releaseId))
    if (wait.kind === 'acknowledgement' && ended.includes(wait.reference ?? ''))
      await reviewAcknowledgement(ports, wait);
}

/** What people report under one title is one incident. */
export const reportedCause = (sha256: Sha256, title: string): string =>
  `reported-${sha256(title.trim().toLowerCase()).slice(0, 8)}`;

/** The product's own alarm rings while users have access and nothing observes them. */
export async function callAboutAlarm(
  ports: With<'releases' | 'escalations'>,
  releaseId: string,
  alarm: string,
): Promise<void> {
  const release = await ports.releases.load(releaseId);
  if (release.exposure === 0) return;
  const { id: phase } = phaseNow(ports.plan, release);
  await openIncident(ports, releaseId, 'system:alarm', {
    phase,
    attempt: lastAttempt(release, phase),
    severity: 'technical',
    cause: `alarm-${alarm.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, causeLengthMax)}`,
    title: { code: 'alarm', params: { phase, alarm } },
  });
}
const causeLengthMax = 40;

/** Before the execution of a release ends by itself, people hear of it. */
export async function callBeforeEnd(
  ports: With<'releases' | 'escalations'>,
  releaseId: string,
): Promise<void> {
  const { plan, clock, releases } = ports;
  const release = await releases.load(releaseId);
  const endMs = machineEndMs(release);
  if (clock.nowMs() < endMs - machineEndToldDays * dayMs) return;
  const { id: phase } = phaseNow(plan, release);
  const attempt = lastAttempt(release, phase);
  if (release.incidents[`${phase}.${attempt}.machine-ends`]) return;
  await openIncident(ports, releaseId, 'system:reconcile', {
    phase,
    attempt,
    cause: 'machine-ends',
    severity: 'technical',
    title: { code: 'machine-ends', params: { day: localDay(endMs, plan.timeZone) } },
  });
}

/** Who moves it, and what they say; absent: the system, which has seen it end. */
interface Mover {
  readonly by?: string;
  readonly comment?: Quoted;
  readonly falseAlarm?: boolean;
}
export type IncidentMove = 'acknowledge' | 'resolve' | 'reopen';

/** What a person does to an incident, as facts; nothing when it is so already. A grave one that ends asks for a review. */
export function moveIncident(
  plan: Plan,
  release: Release,
  incident: string,
  action: IncidentMove,
  { by, comment = quoted(''), falseAlarm = false }: Mover,
): readonly Fact[] {
  const { status, falseAlarm: known } = release.incidents[incident] ?? {};
  switch (action) {
    case 'acknowledge':
      return by !== undefined && (status === 'open' || status === 'unanswered')
        ? [{ type: 'incident.acknowledged', incident, by }]
        : [];
    case 'resolve': {
      // What somebody has resolved already may turn out to have been nothing.
      if (status === 'resolved' && (!falseAlarm || known)) return [];
      if (falseAlarm)
        return [{ type: 'incident.resolved', incident, ...present({ by }), falseAlarm, comment }];
      const review = reviewTask(plan, release, incident);
      return [
        { type: 'incident.resolved', incident, ...present({ by }) },
        ...(review ? [{ type: 'task.opened' as const, ...review }] : []),
      ];
    }
    case 'reopen':
      return by !== undefined && status === 'resolved'
        ? [{ type: 'incident.reopened', incident, by, reason: comment }]
        : [];
    default:
      return unreachable(action);
  }
}

/** The incident of this cause that is not over yet, or the id of the next one. */
function currentOf(incidents: Release['incidents'], base: string, since: string | undefined): string {
  const isOver = (one: IncidentRecord | undefined) =>
    one?.status === 'resolved' && (since === undefined || one.openedAt < since);
  let id = base;
  for (let nth = 2; isOver(incidents[id]); nth += 1) id = `${base}.${nth}`;
  return id;
}

/**
 * Sees to it that every open incident is being called. A ladder that runs is left alone; one that broke, or that nobody could
 * record as unanswered, is climbed again, a few times.
 */
export async function callOpenIncidents(
  ports: With<'releases' | 'escalations' | 'executions'>,
  releaseId: string,
): Promise<void> {
  const release = await ports.releases.load(releaseId);
  for (const [id, record] of Object.entries(release.incidents)) {
    if (record.status !== 'open' || !isCalled(release.incidents, record)) continue;
    await orLog(ports, release.id, id, async () => {
      const { outcome } = await startUnderFreeName(ports, nameOf(release, id), (name) =>
        ports.escalations.start(name, inputOf(release, id)),
      );
      if (outcome === 'exhausted')
        throw new Error(`its escalation broke ${startsMax} times: call people, then see why`);
    });
  }
}

/** The same name again is the same escalation, so a crash between the two writes is repaired by the retry. */
const callUp = (ports: With<'escalations'>, release: Release, incident: string) =>
  orLog(ports, release.id, incident, async () => {
    const name = executionNameOf(ports.sha256, nameOf(release, incident), 1);
    await ports.escalations.start(name, inputOf(release, incident));
  });

/** One escalation for each time that it was opened. */
const nameOf = ({ id, incidents }: Release, incident: string) => {
  const reopened = incidents[incident]?.reopened ?? 0;
  return `${id}_${incident.replaceAll('.', '_')}${reopened === 0 ? '' : `_again${reopened}`}`;
};
const inputOf = ({ id, incidents }: Release, incident: string) => ({
  releaseId: id,
  incident,
  severity: incidents[incident]?.severity ?? 'critical',
});

/** Whatever kept it from starting, a rollback may be on its way: it must not fail for want of a call. */
async function orLog(
  { log }: BasePorts,
  releaseId: string,
  incident: string,
  call: () => Promise<void>,
): Promise<void> {
  try {
    await call();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.write('INCIDENT_NOT_CALLED', { releaseId, incident, why });
  }
}
