/** Incidents: recorded once, then called up the ladder by a machine of their own until somebody acknowledges. */
import type { Severity } from '../plan.ts';
import type { Ports } from '../ports.ts';
import { commit } from './commit.ts';

export interface NewIncident {
  readonly phase: string;
  readonly attempt: number;
  /** Tells two incidents of one attempt apart, so that the same trouble opens one incident: `gate`, `rollback`. */
  readonly cause: string;
  readonly severity: Severity;
  readonly title: string;
}

export async function openIncident(
  ports: Pick<Ports, 'releases' | 'clock' | 'workflow'>,
  releaseId: string,
  actor: string,
  { cause, ...incident }: NewIncident,
): Promise<string> {
  const id = `${incident.phase}.${incident.attempt}.${cause}`;
  await commit(ports, releaseId, actor, (release) =>
    release.incidents[id] ? [] : [{ type: 'incident.opened', incident: id, ...incident }],
  );
  // The same name again is the same escalation, so a crash between the two writes is repaired by the retry.
  await ports.workflow.startEscalation(`${releaseId}_${id.replaceAll('.', '_')}`, {
    releaseId,
    incident: id,
    severity: incident.severity,
  });
  return id;
}
