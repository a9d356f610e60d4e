/** A release as the API shows it: what `domain/ledger/replay.ts` holds, without what only the machine needs. */

import * as z from 'zod';
import { orders } from '#domain/ledger/facts.ts';
import { headAndTables, type Release, type ReleaseHead, tableNames } from '#domain/ledger/records.ts';
import { rollbackLevels } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { ReleaseRows, RollbackRow } from './release-rows.ts';

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
  closedAt: text.exactOptional(),
  /** Sequence number of the last entry of the ledger. */
  seq: z.int().min(0),
  /** Of a release under way: phases that are open or held, and incidents that are not resolved. */
  phases: z.array(text).exactOptional(),
  openIncidents: z.int().min(0).exactOptional(),
});
type Schemas = typeof ReleaseRows;
/** A table of each kind of row. */
const tables = Object.fromEntries(
  tableNames.map((name) => [name, z.record(z.string(), ReleaseRows[name])]),
) as unknown as { readonly [K in keyof Schemas]: z.ZodRecord<z.ZodString, Schemas[K]> };

export const ReleaseDetail = ReleaseSummary.omit({ phases: true }).extend({
  /** What somebody has ordered and is still to be carried out. */
  order: z
    .strictObject({
      phase: text,
      attempt: z.int(),
      order: z.enum(orders),
      level: z.enum(rollbackLevels).exactOptional(),
      component: text.exactOptional(),
      by: text,
      reason: text,
    })
    .exactOptional(),
  /** What became of a phase that could not go on, and who has agreed to what cannot be undone. */
  rollback: RollbackRow.exactOptional(),
  /** A version that was found to be bad; when it is the release's own, nothing goes further. */
  badVersion: text.exactOptional(),
  openIncidents: z.int().min(0),
  executionArn: text,
  planRevision: text,
  ...tables,
});

const headOf = (release: ReleaseHead) => {
  const { id, version, status, paused, exposure, launchDay, startedBy, startedAt, closedAt, seq } = release;
  return {
    id,
    version,
    status,
    paused,
    exposure,
    launchDay,
    startedBy,
    startedAt,
    seq,
    ...present({ closedAt }),
  };
};

const openIncidentsOf = ({ incidents }: Release) =>
  Object.values(incidents).filter((one) => one.status !== 'resolved').length;

export const endedSummaryOf = (release: ReleaseHead): z.input<typeof ReleaseSummary> => headOf(release);

export const summaryOf = (release: Release): z.input<typeof ReleaseSummary> => ({
  ...headOf(release),
  phases: Object.keys(release.phases).filter((phase) => release.phases[phase]?.status !== 'closed'),
  openIncidents: openIncidentsOf(release),
});

type Detail = z.input<typeof ReleaseDetail>;

export function detailOf(release: Release): Detail {
  const { executionArn, planRevision, order, rollback, badVersion } = release;
  const { tables } = headAndTables(release);
  return {
    ...headOf(release),
    openIncidents: openIncidentsOf(release),
    executionArn,
    planRevision,
    ...(order === undefined ? {} : { order: { ...order } }),
    ...(rollback === undefined
      ? {}
      : { rollback: { ...rollback, reason: { ...rollback.reason }, people: [...rollback.people] } }),
    ...present({ badVersion }),
    // The contract is loose and can be written to, which the domain's rows are not.
    ...(tables as unknown as Pick<Detail, keyof typeof tables>),
  };
}
