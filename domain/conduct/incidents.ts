/** Incidents: recorded once, then called up the ladder by a machine of their own until somebody acknowledges. */
import type { Severity } from '../plan.ts';
import type { Ports } from '../ports.ts';
import type { Release } from '../release.ts';
import { commit } from './commit.ts';

export interface NewIncident {
  readonly phase: string;
  readonly attempt: number;
  /** Tells two incidents of one attempt apart, so that the same trouble opens one incident: `gate`, `rollback`. */
  readonly cause: string;
  readonly severity: Severity;
  readonly title: string;
}

/** Records the incident and has it called. That nobody could be called now holds nothing up: the reconciler calls again. */
export async function openIncident(
  ports: Pick<Ports, 'releases' | 'clock' | 'escalations' | 'log'>,
  releaseId: string,
  actor: string,
  { cause, ...incident }: NewIncident,
): Promise<void> {
  const base = `${incident.phase}.${incident.attempt}.${cause}`;
  const release = await commit(ports, releaseId, actor, ({ incidents }) => {
    const id = current(incidents, base);
    return incidents[id] ? [] : [{ type: 'incident.opened', incident: id, ...incident }];
  });
  const id = current(release.incidents, base);
  await callUp(ports, release, id);
}

/** The incident of this cause that is not resolved yet, or the id of the next one: trouble that comes back is new. */
function current(incidents: Release['incidents'], base: string): string {
  let id = base;
  for (let nth = 2; incidents[id]?.status === 'resolved'; nth += 1) id = `${base}.${nth}`;
  return id;
}

/** Starts the ladder of every open incident again; one that runs or has run is left alone (its name is taken). */
export async function callOpenIncidents(
  ports: Pick<Ports, 'releases' | 'escalations' | 'log'>,
  releaseId: string,
): Promise<void> {
  const release = await ports.releases.load(releaseId);
  for (const [id, { status }] of Object.entries(release.incidents)) {
    if (status === 'open') await callUp(ports, release, id);
  }
}

async function callUp(
  { escalations, log }: Pick<Ports, 'escalations' | 'log'>,
  release: Release,
  incident: string,
) {
  const severity = release.incidents[incident]?.severity ?? 'critical';
  try {
    // The same name again is the same escalation, so a crash between the two writes is repaired by the retry.
    const name = `${release.id}_${incident.replaceAll('.', '_')}`;
    await escalations.start(name, { releaseId: release.id, incident, severity });
  } catch (error) {
    // Whatever kept it from starting, a rollback is on its way: it must not fail for want of a call.
    const why = error instanceof Error ? error.message : String(error);
    log.write('INCIDENT_NOT_CALLED', { releaseId: release.id, incident, why });
  }
}
