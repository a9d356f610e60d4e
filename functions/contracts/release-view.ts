/** A release as the API shows it: what `domain/release.ts` holds, without what only the machine needs. */
import * as z from 'zod';
import type { Release } from '#domain/release.ts';

const text = z.string();
export const ReleaseSummary = z.strictObject({
  id: text,
  version: text,
  status: text,
  paused: z.boolean(),
  /** Percentage of users with access. */
  exposure: z.number(),
  launchDay: text,
  startedBy: text,
  startedAt: text,
  /** Phases that are open or held. */
  phases: z.array(text),
  openIncidents: z.number().int(),
  /** Sequence number of the last entry of the ledger. */
  seq: z.number().int(),
});
const rows = z.record(z.string(), z.unknown());
export const ReleaseDetail = ReleaseSummary.omit({ phases: true }).extend({
  closedAt: text.exactOptional(),
  executionArn: text,
  planRevision: text,
  phases: rows,
  items: rows,
  scripts: rows,
  gates: rows,
  messages: rows,
  reports: rows,
  incidents: rows,
  components: rows,
  tasks: rows,
  risks: rows,
  measures: rows,
});

const shared = ({
  id,
  version,
  status,
  paused,
  exposure,
  launchDay,
  startedBy,
  startedAt,
  seq,
  incidents,
}: Release) => ({
  ...{ id, version, status, paused, exposure, launchDay, startedBy, startedAt, seq },
  openIncidents: Object.values(incidents).filter((one) => one.status !== 'resolved').length,
});

export const summaryOf = (release: Release): z.input<typeof ReleaseSummary> => ({
  ...shared(release),
  phases: Object.keys(release.phases).filter((phase) => release.phases[phase]?.status !== 'closed'),
});

export function detailOf(release: Release): z.input<typeof ReleaseDetail> {
  const { closedAt, executionArn, planRevision, phases, items, scripts, gates, messages } = release;
  const { reports, incidents, components, tasks, risks, measures } = release;
  return {
    ...shared(release),
    ...(closedAt === undefined ? {} : { closedAt }),
    ...{ executionArn, planRevision, phases, items, scripts, gates, messages },
    ...{ reports, incidents, components, tasks, risks, measures },
  };
}
