/**
 * The team's reports: dated when a phase opens, written from the ledger when their time comes, and told to their roles, one
 * for each date. That it is being told is recorded before, and whom it reached after. Mail and chats have no memory to ask: of
 * a crash between the two nobody knows what was told, so it is told again, and says so. That is better than a report that
 * nobody got and the ledger believes in.
 */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Fact } from '#domain/ledger/facts.ts';
import type { ReleaseOutcome } from '#domain/ledger/outcomes.ts';
import type { Release, ReportRecord } from '#domain/ledger/records.ts';
import type { Report } from '#domain/plan/plan.ts';
import { nextDueMs, reportOf } from '#domain/plan/report-dates.ts';
import { checksOf } from '#domain/rules/report-contents.ts';
import { beginReport, planReports, settleReport } from '#domain/rules/team-reports.ts';
import { scheduleNameOf } from './aws-names.ts';
import { commit } from './commit.ts';
import type { BasePorts, Dating, Reporting, With } from './port-groups.ts';
import { judgeChecks } from './readings.ts';

const actor = 'system:reports';
/** Entries of the ledger that one report looks back on, and how many are read at once. */
const entriesMax = 5_000;
const pageSize = 1_000;

const scheduleName = ({ sha256 }: BasePorts, releaseId: string, report: string) =>
  scheduleNameOf(sha256, `${releaseId}.report.${report}`);

/** After a phase has opened or closed: what begins gets its first date, what is over none. */
export async function dateReports(ports: Dating, releaseId: string): Promise<Release> {
  const release = await commit(ports, releaseId, actor, (current) =>
    planReports(ports.plan, current, ports.clock.nowMs()),
  );
  for (const [id, record] of Object.entries(release.reports)) await schedule(ports, releaseId, id, record);
  return release;
}

/** A schedule for each date: one that recurs could not carry the epoch, nor end with a phase of which nobody knows when. */
async function schedule(
  ports: Dating,
  releaseId: string,
  id: string,
  { status, dueAt, epoch }: ReportRecord,
): Promise<void> {
  const name = scheduleName(ports, releaseId, id);
  const atMs = Date.parse(dueAt);
  if (status === 'over') await ports.schedules.remove(name);
  else if (atMs > ports.clock.nowMs()) {
    const input = { kind: 'report', releaseId, report: id, epoch };
    await ports.schedules.put({ name, when: { atMs }, target: 'date', input });
  }
}

/** Sends what is due: when its date comes, and once an hour should the date have been lost. */
export async function reviewReports(ports: Reporting, releaseId: string): Promise<void> {
  const release = await dateReports(ports, releaseId);
  const nowMs = ports.clock.nowMs();
  let sent = false;
  for (const [id, record] of Object.entries(release.reports)) {
    if (record.status !== 'planned' || Date.parse(record.dueAt) > nowMs) continue;
    const due = { report: reportOf(ports.plan, id), epoch: record.epoch, nowMs };
    const ended = overtaken(ports, due.report, record) ?? (await send(ports, release, due));
    // Somebody else is at it.
    if (!ended) continue;
    await commit(ports, releaseId, actor, (current) => settleReport(ports.plan, current, due, ended));
    sent = true;
  }
  if (sent) await dateReports(ports, releaseId);
}

type Ended = Parameters<typeof settleReport>[3];

/** Nobody wants yesterday's report beside today's. */
function overtaken(
  { plan, clock }: Reporting,
  report: Report,
  { dueAt, sendingAt }: ReportRecord,
): Ended | undefined {
  const nextMs = nextDueMs(plan, report, Date.parse(dueAt)) ?? Number.POSITIVE_INFINITY;
  if (clock.nowMs() < nextMs) return undefined;
  const unsure = sendingAt !== undefined;
  return { type: 'report.skipped', reason: { code: 'next-one-due', params: { unsure } } };
}

/**
 * Nothing when somebody else is at it. Throws ServiceUnavailable when nobody can be told now: the schedule tries again, until
 * the next report is due.
 */
async function send(
  ports: Reporting,
  release: Release,
  due: Parameters<typeof beginReport>[1],
): Promise<Ended | undefined> {
  const { plan, clock } = ports;
  const { report } = due;
  let begun: ReturnType<typeof beginReport> = [];
  // The last decision is the one that was written.
  await commit(ports, release.id, actor, (current) => {
    begun = beginReport(current, due);
    return begun;
  });
  const [beginning] = begun;
  if (!beginning) return undefined;
  const mail = await ports.reportWriter.write({
    plan,
    release,
    report,
    nowMs: clock.nowMs(),
    again: beginning.again === true,
    entries: await ledgerOf(ports, release),
    template: await ports.templates.report(),
    readings: await judgeChecks(ports, release, checksOf(plan, release, report)),
  });
  const { told } = await ports.notifier.notify({
    releaseId: release.id,
    kind: 'report',
    about: report.id,
    roles: report.roles,
    ...mail,
  });
  return told.length > 0
    ? { type: 'report.sent', told }
    : { type: 'report.skipped', reason: { code: 'nobody-reached', params: {} } };
}

/** The end of it, should it be longer than anybody reads. */
async function ledgerOf(
  { releases }: With<'releases'>,
  { id, seq }: Release,
): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  let after = Math.max(0, seq - entriesMax);
  for (;;) {
    const page = await releases.history(id, after, pageSize);
    entries.push(...page);
    after = page.at(-1)?.seq ?? seq;
    if (after >= seq) return entries;
  }
}

/** The release has ended, or was rolled back. */
export async function cancelReports(ports: Dating, releaseId: string, status: ReleaseOutcome): Promise<void> {
  const reason = { code: 'release-ended', params: { status } } as const;
  const release = await commit(ports, releaseId, actor, ({ reports }) =>
    Object.entries(reports)
      .filter(([, record]) => record.status === 'planned')
      .map(([report]): Fact => ({ type: 'report.cancelled', report, reason })),
  );
  for (const id of Object.keys(release.reports))
    await ports.schedules.remove(scheduleName(ports, releaseId, id));
}
