/** How the release stands: its phases, what is open in them and for whom, what is wrong, what users were told. */

import { gateKey, itemKey, lastAttempt } from '#domain/ledger/records.ts';
import { daysBetween, localDay, toInstant } from '#domain/plan/calendar.ts';
import { itemsOf } from '#domain/plan/checklist.ts';
import { missingRoles } from '#domain/rules/gate.ts';
import { openPhases } from '#domain/rules/progress.ts';
import { messageFigures } from '../timeline/summary.ts';
import { type Section, type SectionRow, section, type TeamReportContext } from './section.ts';

export function standing(context: TeamReportContext): Section {
  const { plan, release, nowMs, words, timeline } = context;
  const { format, texts } = timeline;
  const day = daysBetween(release.launchDay, localDay(nowMs, plan.timeZone));
  return section(
    context,
    words.standing,
    [
      {
        label: words.day,
        value: `${texts.launchOffset(day)} (${words.launch(format.date(release.launchDay))})`,
      },
      ...openPhases(plan, release).flatMap(({ id, name, attemptsMax }): readonly SectionRow[] => {
        const phase = release.phases[id];
        if (!phase) return [];
        const since = words.phaseSince(
          phase.status === 'held',
          phase.attempt,
          attemptsMax,
          format.moment(phase.openedAt),
        );
        return [{ label: name, value: since }];
      }),
      { label: words.access, value: texts.finalAccessText(release.exposure) },
      ...(release.paused ? [{ label: words.release, value: words.paused }] : []),
    ],
    words.nothing,
  );
}

/** Of each open phase: how much is done, and what is open, by the role that owns it. */
export function checklists(context: TeamReportContext): Section {
  const { plan, release, words, timeline } = context;
  const rows = openPhases(plan, release).flatMap((phase): readonly SectionRow[] => {
    const items = itemsOf(phase);
    const recordOf = (id: string) => release.items[itemKey(phase.id, id)];
    const count = (status: 'done' | 'waived') =>
      items.filter(({ id }) => recordOf(id)?.status === status).length;
    const open = items.filter(({ id }) => !recordOf(id));
    const owners = [...new Set(open.map(({ owner }) => owner))];
    const late = release.phases[phase.id]?.late === true;
    return [
      {
        label: phase.name,
        value: words.items(items.length, count('done'), count('waived'), open.length, late),
      },
      ...owners.map((owner): SectionRow => {
        const theirs = open.filter((item) => item.owner === owner).map(({ id, text }) => `${id} ${text}`);
        return { label: timeline.role(owner), value: theirs.join(words.semicolon) };
      }),
    ];
  });
  return section(context, words.checklists, rows, words.noChecklist);
}

/** Gates that are open, and whose word they wait for. */
export function gates(context: TeamReportContext): Section {
  const { plan, release, words, timeline } = context;
  const rows = openPhases(plan, release).flatMap(({ id, name, gate }): readonly SectionRow[] => {
    const record = release.gates[gateKey(id, lastAttempt(release, id))];
    if (!record || record.decided) return [];
    const missing = missingRoles(gate, record.approvals);
    const since = timeline.format.moment(record.openedAt);
    return [
      { label: name, value: words.waitsFor(missing.map((role) => timeline.role(role)).join(', '), since) },
    ];
  });
  return section(context, words.gates, rows, words.noGate);
}

export function incidents(context: TeamReportContext): Section {
  const { release, nowMs, words, timeline } = context;
  const { texts } = timeline;
  const rows = Object.values(release.incidents)
    .filter(({ status }) => status !== 'resolved')
    .map(
      ({ severity, title, status, openedAt }): SectionRow => ({
        label: texts.incident(texts.severities[severity], timeline.title(title)),
        value: words.openFor(texts.incidentStatuses[status], timeline.since(openedAt, toInstant(nowMs))),
      }),
    );
  return section(context, words.incidents, rows, words.noIncident);
}

/** Risks that their checks see coming true. */
export function risks(context: TeamReportContext): Section {
  const { plan, release, words, timeline } = context;
  const rows = plan.risks.flatMap(({ id, name, mitigation }): readonly SectionRow[] => {
    const record = release.risks[id];
    if (record?.state !== 'threatening') return [];
    const check = plan.checks[record.check]?.name ?? record.check;
    return [
      {
        label: `${id} ${name}`,
        value: words.threatens(check, timeline.format.moment(record.at), mitigation),
      },
    ];
  });
  return section(context, words.risks, rows, words.noRisk);
}

/** What users were told or should have been by now, and what comes next. */
export function messages(context: TeamReportContext): Section {
  const { nowMs, words, timeline } = context;
  const { format, texts } = timeline;
  const dated = messageFigures(context);
  const next = dated.find(
    ({ status, plannedAt }) => status === 'planned' && Date.parse(plannedAt ?? '') > nowMs,
  );
  const rows = dated
    .filter((one) => one === next || (one.status !== 'planned' && one.status !== 'unused'))
    .map(({ message, subject, audience, status, plannedAt, sentAt, recipients }): SectionRow => {
      const when = sentAt ?? plannedAt;
      const people = status === 'sent' ? words.people(format.number(recipients)) : '';
      return {
        label: `${timeline.message(message).label}, ${audience}`,
        value: `${texts.quoted(subject)}, ${texts.statuses[status]}${when === undefined ? '' : ` (${format.moment(when)})`}${people}`,
      };
    });
  return section(context, words.messages, rows, words.noMessage);
}
