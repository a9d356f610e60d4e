/**
 * A release: what its ledger adds up to. `applied` is the only place where a fact changes anything, so the projection in
 * the store can always be rebuilt from the ledger (and a test does it).
 *
 * Immutable: a row that a fact does not touch stays the same object, which is how an adapter knows what to write.
 */

import { present } from '../present.ts';
import { quoted } from '../quoted.ts';
import type { Sha256 } from '../sha256.ts';
import { leftOut } from '../unreachable.ts';
import { chain, type LedgerEntry } from './entries.ts';
import type { Fact } from './facts.ts';
import {
  type Approval,
  emptyRelease,
  type GateRecord,
  gateKey,
  type IncidentRecord,
  type ItemRecord,
  itemKey,
  type MessageRecord,
  type OrderRecord,
  type OverrideRecord,
  type PhaseRecord,
  type Release,
  type ReportRecord,
  type RollbackRecord,
  type Rows,
} from './records.ts';

/** Appends facts: the entries to store and the release they lead to. Pure; the hash, the time and the actor are arguments. */
export function record(
  sha256: Sha256,
  release: Release | string,
  facts: readonly Fact[],
  by: { readonly at: string; readonly actor: string },
): { readonly next: Release; readonly entries: readonly LedgerEntry[] } {
  let next = typeof release === 'string' ? emptyRelease(release) : release;
  const entries: LedgerEntry[] = [];
  for (const fact of facts) {
    const entry = chain(sha256, next, { releaseId: next.id, at: by.at, actor: by.actor, fact });
    entries.push(entry);
    next = applied(next, entry);
  }
  return { next, entries };
}
/** Rebuilds a release from its ledger. */
export function replay(releaseId: string, entries: Iterable<LedgerEntry>): Release {
  let release = emptyRelease(releaseId);
  for (const entry of entries) release = applied(release, entry);
  return release;
}
/** The release with one more entry. */
export function applied(release: Release, entry: LedgerEntry): Release {
  const { order, rollback, ...rest } = { ...release, ...change(release, entry.fact, entry.at) };
  return {
    ...rest,
    ...(order && !isCarriedOut(order, entry.fact) ? { order } : {}),
    ...(rollback && entry.fact.type !== 'phase.opened' ? { rollback } : {}),
    seq: entry.seq,
    hash: entry.hash,
  };
}
/** An order is over when its phase has gone the way it said, or any other. */
function isCarriedOut({ phase }: OrderRecord, fact: Fact): boolean {
  if (fact.type === 'release.closed') return true;
  return leaving.has(fact.type) && 'phase' in fact && fact.phase === phase;
}
const leaving: ReadonlySet<Fact['type']> = new Set([
  'phase.opened',
  'phase.held',
  'phase.closed',
  'rollback.chosen',
]);
/** One row of a table of rows replaced. */
const row = <T>(rows: Rows<T>, key: string, value: T): Rows<T> => ({ ...rows, [key]: value });
/** One row of a table of rows changed; nothing when the row is not there. */
const amend = <T>(rows: Rows<T>, key: string, value: Partial<T>): Rows<T> => {
  const before = rows[key];
  return before === undefined ? rows : { ...rows, [key]: { ...before, ...value } };
};
function change(release: Release, fact: Fact, at: string): Partial<Release> {
  switch (fact.type) {
    case 'release.admitted': {
      const { type: _type, format: _format, ...admitted } = fact;
      return { ...admitted, startedAt: at };
    }
    case 'release.paused':
      return { paused: true };
    case 'release.unpaused':
      return { paused: false };
    case 'launch.moved':
      return { launchDay: fact.to };
    case 'version.marked-bad':
      return { badVersion: fact.version };
    case 'candidate.replaced':
      return { version: fact.to };
    case 'freeze.overridden':
      return { overriddenFreezes: { ...release.overriddenFreezes, [fact.freeze]: fact.until } };
    case 'phase.ordered': {
      const { type: _type, ...order } = fact;
      return { order };
    }
    case 'release.closed':
      return { status: fact.outcome, closedAt: at };
    case 'phase.opened':
      return {
        phases: row(release.phases, fact.phase, {
          attempt: fact.attempt,
          status: 'open',
          openedAt: at,
          late: false,
        }),
        // Entered again: another installation, so what was ticked must be shown again.
        ...(release.phases[fact.phase] ? { items: forget(release.items, fact.phase) } : {}),
      };
    case 'phase.held':
      return {
        phases: amend(without(release.phases, fact.phase, 'answers'), fact.phase, {
          status: 'held',
          ...present({ heldBy: fact.because }),
        }),
      };
    case 'phase.resumed':
      return { phases: goesOn(release.phases, fact.phase, fact.resolution) };
    case 'phase.unblocked':
      return { phases: goesOn(release.phases, fact.phase, 'unblocked') };
    case 'phase.corrected':
      return { phases: amend(release.phases, fact.phase, { answers: { correction: 'corrected' } }) };
    case 'decision.taken':
      return {
        phases: amend(release.phases, fact.phase, { answers: { decision: fact.decision } }),
        ...(fact.decision === 'abandon' ? { rollback: abandoned(release, fact, at) } : {}),
      };
    case 'phase.closed':
      // Left before it was entered: the attempt before stays as it was.
      if (release.phases[fact.phase]?.attempt !== fact.attempt) return {};
      return {
        phases: amend(without(release.phases, fact.phase, 'heldBy'), fact.phase, {
          status: 'closed',
          closedAt: at,
          outcome: fact.outcome,
        }),
      };
    case 'script.starting': {
      const { runs = [] } = release.phases[fact.phase] ?? {};
      return { phases: amend(release.phases, fact.phase, { runs: [...runs, fact.run] }) };
    }
    case 'script.started':
      return {
        scripts: row(release.scripts, fact.command, {
          status: 'running',
          exitCode: -1,
          summary: quoted(''),
          startedAt: at,
        }),
        deployed: release.deployed || fact.installs,
      };
    case 'script.finished':
      return scriptFinished(release, fact, at);
    case 'item.ticked':
    case 'item.waived':
      return {
        items: row(release.items, itemKey(fact.phase, fact.item), {
          status: fact.type === 'item.ticked' ? 'done' : 'waived',
          by: fact.by,
          at,
          evidence:
            fact.type === 'item.ticked' ? fact.evidence : { code: 'words', params: { words: fact.reason } },
        }),
      };
    case 'item.unticked': {
      const { [itemKey(fact.phase, fact.item)]: _, ...items } = release.items;
      return { items };
    }
    case 'exposure.changing':
      return { exposing: fact.to, deployed: release.deployed || fact.to > 0 };
    case 'exposure.changed':
      return {
        ...exposedTo(release, fact.to),
        deployed: release.deployed || fact.to > 0,
        phases: exposedIn(release.phases, fact, at),
      };
    case 'access.withdrawn':
      return exposedTo(release, 0);
    case 'gate.opened':
      return {
        gates: row(release.gates, gateKey(fact.phase, fact.attempt), {
          openedAt: at,
          // Asked again after a hold: people look again, so what was approved before does not count.
          approvals: [],
          escalated: false,
        }),
      };
    case 'gate.approved':
    case 'gate.rejected':
      return { gates: approve(release, fact, at) };
    case 'gate.override-asked':
      return override(release, fact, { askedBy: fact.by, comment: fact.comment });
    case 'gate.overridden':
      return override(release, fact, { grantedBy: fact.by });
    case 'gate.reminded':
      return { gates: amend(release.gates, gateKey(fact.phase, fact.attempt), { reminded: true }) };
    case 'gate.late':
      return { gates: amend(release.gates, gateKey(fact.phase, fact.attempt), { escalated: true }) };
    case 'component.switched':
      return { components: row(release.components, fact.component, fact.state) };
    case 'message.planned':
    case 'message.replanned':
      return {
        messages: row(release.messages, fact.message, {
          status: 'planned',
          dueAt: fact.dueAt,
          epoch: fact.epoch,
          sent: 0,
          ...present({
            earlier: release.messages[fact.message]?.earlier,
            campaign: 'campaign' in fact ? fact.campaign : undefined,
          }),
        }),
      };
    case 'message.held':
      return { messages: amend(release.messages, fact.message, { status: 'held' }) };
    case 'message.sending':
      return { messages: row(release.messages, fact.message, begun(release.messages[fact.message], fact)) };
    case 'message.sent':
    case 'message.recounted':
      return { messages: ended(release.messages, fact) };
    case 'message.skipped':
      return { messages: amend(release.messages, fact.message, { status: 'skipped' }) };
    case 'message.cancelled':
      return { messages: amend(release.messages, fact.message, { status: 'cancelled' }) };
    case 'report.planned':
      return { reports: row(release.reports, fact.report, plannedReport(release, fact, at)) };
    case 'report.sending':
      return { reports: amend(release.reports, fact.report, { sendingAt: at }) };
    case 'report.sent':
      return { reports: endedReport(release, fact.report, { toldAt: at }) };
    case 'report.skipped':
    case 'report.cancelled':
      return { reports: endedReport(release, fact.report) };
    case 'incident.opened':
      return {
        incidents: row(release.incidents, fact.incident, {
          severity: fact.severity,
          title: fact.title,
          phase: fact.phase,
          status: 'open',
          openedAt: at,
          ...present({ by: fact.by, groupedWith: fact.groupedWith }),
        }),
      };
    case 'incident.acknowledged':
      return { incidents: amend(release.incidents, fact.incident, { status: 'acknowledged' }) };
    case 'incident.unanswered':
      return { incidents: amend(release.incidents, fact.incident, { status: 'unanswered' }) };
    case 'incident.resolved':
      return { incidents: resolve(release.incidents, fact, at) };
    case 'incident.override-asked':
      return {
        incidents: overrideIncident(release.incidents, fact, { askedBy: fact.by, comment: fact.comment }),
      };
    case 'incident.overridden':
      return { incidents: overrideIncident(release.incidents, fact, { grantedBy: fact.by }) };
    case 'incident.reopened':
      return { incidents: reopen(release.incidents, fact.incident) };
    case 'task.opened': {
      const { type: _type, task, ...opened } = fact;
      return { tasks: row(release.tasks, task, { ...opened, openedAt: at }) };
    }
    case 'task.closed':
      return {
        tasks: amend(release.tasks, fact.task, { closed: { by: fact.by, at, note: fact.note } }),
      };
    case 'measure.recorded':
      return {
        measures: row(release.measures, fact.measure, { value: fact.value, samples: fact.samples, at }),
      };
    case 'phase.late':
      return { phases: amend(release.phases, fact.phase, { late: true }) };
    case 'observation.started':
      return { phases: without(release.phases, fact.phase, 'observed') };
    case 'observation.concluded':
      return {
        phases: amend(release.phases, fact.phase, {
          observed: { verdict: fact.verdict, reason: fact.reason },
        }),
      };
    case 'gate.decided': {
      const { type: _type, phase, attempt, ...decided } = fact;
      return { gates: amend(release.gates, gateKey(phase, attempt), { decided: { ...decided, at } }) };
    }
    case 'rollback.chosen':
      // Whatever was answered before, what comes of this is asked anew.
      return {
        phases: without(release.phases, fact.phase, 'answers'),
        rollback: chosen(release, fact, at),
      };
    case 'rollback.agreed':
      return rollbackBecomes(release, ({ people }) => ({
        people: [...new Set([...people, fact.by])],
        agreedAt: at,
      }));
    case 'rollback.declined':
      return {
        phases: without(release.phases, fact.phase, 'answers'),
        ...rollbackBecomes(release, () => ({ course: 'none', people: [] })),
      };
    case 'rollback.failed':
      return rollbackBecomes(release, ({ failures = 0 }) => ({ failed: fact.error, failures: failures + 1 }));
    case 'release.abort-asked':
      return rollbackBecomes(release, () => ({ abortAskedBy: fact.by }));
    case 'risk.changed':
      return { risks: row(release.risks, fact.risk, { state: fact.state, check: fact.check, at }) };
    case 'observation.breached':
    case 'observation.recovered':
    case 'observation.foreseen':
    case 'cohorts.compared':
    case 'observation.frozen':
    case 'observation.unfrozen':
    case 'incident.called':
      return {};
    default:
      return leftOut(fact) ?? {};
  }
}
function exposedIn(
  phases: Rows<PhaseRecord>,
  { phase, to }: Extract<Fact, { type: 'exposure.changed' }>,
  at: string,
): Rows<PhaseRecord> {
  if (to === 0 || phases[phase]?.exposedAt !== undefined) return phases;
  return amend(phases, phase, { exposedAt: at });
}
/** The same again, by somebody else, is two people who want it. */
function chosen(
  { rollback: before }: Release,
  { phase, attempt, level, component, reason }: Extract<Fact, { type: 'rollback.chosen' }>,
  at: string,
): RollbackRecord {
  const { cause } = reason;
  const by = cause?.code === 'ordered' ? [cause.params.by] : [];
  const { people = [], failures } = before?.phase === phase && before.attempt === attempt ? before : {};
  const same = before?.course === level && before.component === component ? people : [];
  return {
    phase,
    attempt,
    course: level,
    component,
    reason,
    chosenAt: at,
    people: [...new Set([...same, ...by])],
    ...present({ failures }),
  };
}
const abandoned = (
  { rollback }: Release,
  { phase, attempt, by }: Extract<Fact, { type: 'decision.taken' }>,
  at: string,
): RollbackRecord => ({
  component: '',
  reason: {},
  ...rollback,
  phase,
  attempt,
  course: 'abandon',
  chosenAt: at,
  people: [by],
});
const rollbackBecomes = (
  { rollback }: Release,
  change: (before: RollbackRecord) => Partial<RollbackRecord>,
): Partial<Release> => (rollback === undefined ? {} : { rollback: { ...rollback, ...change(rollback) } });
const exposedTo = ({ exposing }: Release, percent: number): Partial<Release> => ({
  exposure: percent,
  // A ledger of before has no intentions.
  ...(exposing === undefined ? {} : { exposing: percent }),
});
/** What gates may ask of a script: whether its last run failed, and how many minutes it took. */
function scriptFinished(
  { scripts, measures }: Release,
  { script, command, status, exitCode, summary }: Extract<Fact, { type: 'script.finished' }>,
  at: string,
): Partial<Release> {
  const { startedAt = at } = scripts[command] ?? {};
  const minutes = Math.round((Date.parse(at) - Date.parse(startedAt)) / 6_000) / 10;
  const measure = (value: number) => ({ value, samples: 1, at });
  return {
    scripts: row(scripts, command, { status, exitCode, summary, startedAt }),
    measures: {
      ...measures,
      [`scripts.${script}.failures`]: measure(status === 'succeeded' ? 0 : 1),
      // One that fails at once is not a fast one.
      ...(status === 'succeeded' ? { [`scripts.${script}.minutes`]: measure(minutes) } : {}),
    },
  };
}
function override(
  { phases }: Release,
  { phase, criterion }: { readonly phase: string; readonly criterion: string },
  said: Partial<OverrideRecord>,
): Partial<Release> {
  const before = phases[phase]?.overrides ?? {};
  const known = before[criterion] ?? { askedBy: '', comment: quoted('') };
  return { phases: amend(phases, phase, { overrides: row(before, criterion, { ...known, ...said }) }) };
}
/** Found to be a false alarm later, it was over when it was resolved. */
function resolve(
  incidents: Rows<IncidentRecord>,
  { incident, falseAlarm }: Extract<Fact, { type: 'incident.resolved' }>,
  at: string,
): Rows<IncidentRecord> {
  const resolvedAt = incidents[incident]?.resolvedAt ?? at;
  return amend(incidents, incident, { status: 'resolved', resolvedAt, ...present({ falseAlarm }) });
}
function overrideIncident(
  incidents: Rows<IncidentRecord>,
  { incident }: { readonly incident: string },
  said: Partial<OverrideRecord>,
): Rows<IncidentRecord> {
  const known = incidents[incident]?.override ?? { askedBy: '', comment: quoted('') };
  return amend(incidents, incident, { override: { ...known, ...said } });
}
/** It counts from its first opening: whoever reopens it says that it never was over. */
function reopen(incidents: Rows<IncidentRecord>, id: string): Rows<IncidentRecord> {
  const before = incidents[id];
  if (before === undefined) return incidents;
  const { resolvedAt: _, falseAlarm: __, override: ___, ...rest } = before;
  return row(incidents, id, { ...rest, status: 'open', reopened: (before.reopened ?? 0) + 1 });
}
/** The first one tells what has happened since it was planned. */
function plannedReport(
  { reports }: Release,
  { report, dueAt, epoch }: Extract<Fact, { type: 'report.planned' }>,
  at: string,
): ReportRecord {
  return { status: 'planned', dueAt, epoch, toldAt: reports[report]?.toldAt ?? at };
}
function endedReport(
  { reports }: Release,
  report: string,
  told: Partial<ReportRecord> = {},
): Rows<ReportRecord> {
  const before = reports[report];
  if (before === undefined) return reports;
  const { sendingAt: _, ...rest } = before;
  return row(reports, report, { ...rest, ...told, status: 'over' });
}
function forget(items: Rows<ItemRecord>, phase: string): Rows<ItemRecord> {
  return Object.fromEntries(Object.entries(items).filter(([key]) => !key.startsWith(`${phase}/`)));
}
/** A phase that forgets what it was told before; the same rows when there is nothing to forget. */
/** One that an event sends may begin again while its last campaign still goes. */
function begun(
  before: MessageRecord | undefined,
  { campaign }: Extract<Fact, { type: 'message.sending' }>,
): MessageRecord {
  const replaced = before?.status === 'sending' && before.campaign !== campaign ? before.campaign : undefined;
  return {
    epoch: 1,
    sent: 0,
    ...before,
    ...(replaced === undefined ? {} : { earlier: [...(before?.earlier ?? []), replaced] }),
    status: 'sending',
    campaign,
  };
}
/** What came of the last campaign is what came of the message; an earlier one only no longer goes. */
function ended(
  messages: Release['messages'],
  fact: Extract<Fact, { type: 'message.sent' | 'message.recounted' }>,
): Release['messages'] {
  const before = messages[fact.message];
  if (before?.earlier?.includes(fact.campaign) !== true)
    return amend(messages, fact.message, { status: 'sent', sent: fact.sent, failed: fact.failed });
  const { earlier, ...rest } = before;
  const left = earlier.filter((campaign) => campaign !== fact.campaign);
  return row(messages, fact.message, { ...rest, ...(left.length === 0 ? {} : { earlier: left }) });
}
function without(
  phases: Rows<PhaseRecord>,
  phase: string,
  member: 'observed' | 'answers' | 'heldBy',
): Rows<PhaseRecord> {
  const before = phases[phase];
  if (before?.[member] === undefined) return phases;
  const { [member]: _forgotten, ...rest } = before;
  return row(phases, phase, rest);
}
/** No longer held, and how it goes on. */
const goesOn = (phases: Rows<PhaseRecord>, phase: string, hold: string): Rows<PhaseRecord> =>
  amend(without(phases, phase, 'heldBy'), phase, { status: 'open', answers: { hold } });
function approve(
  release: Release,
  fact: Extract<Fact, { type: 'gate.approved' | 'gate.rejected' }>,
  at: string,
): Rows<GateRecord> {
  const key = gateKey(fact.phase, fact.attempt);
  const gate = release.gates[key];
  if (!gate) return release.gates;
  const approval: Approval = {
    role: fact.role,
    by: fact.by,
    at,
    approved: fact.type === 'gate.approved',
    comment: fact.comment,
  };
  return row(release.gates, key, { ...gate, approvals: [...gate.approvals, approval] });
}
