/** The dates ahead, of this launch day: ends and beginnings of phases, messages, the next report. */
import { toInstant } from '#domain/plan/calendar.ts';
import { phaseEndMs, phaseStartMs } from '#domain/plan/message-dates.ts';
import { nextDueMs } from '#domain/plan/report-dates.ts';
import { openPhases } from '#domain/rules/progress.ts';
import { type Section, type SectionRow, section, type TeamReportContext } from './section.ts';

const datesMax = 6;

export function nextDates(context: TeamReportContext): Section {
  const { plan, release, report, nowMs, words, timeline } = context;
  const coming = [
    ...openPhases(plan, release).map((phase) => ({
      atMs: phaseEndMs(plan, release.launchDay, phase),
      value: words.phaseEnds(phase.name),
    })),
    ...plan.phases
      .filter(({ id }) => !release.phases[id])
      .map((phase) => ({
        atMs: phaseStartMs(plan, release.launchDay, phase),
        value: words.phaseBegins(phase.name),
      })),
    ...Object.entries(release.messages)
      .filter(([, { status }]) => status === 'planned')
      .map(([id, { dueAt = '' }]) => {
        const { label, subject } = timeline.message(id);
        return { atMs: Date.parse(dueAt), value: words.messageGoes(label, timeline.texts.quoted(subject)) };
      }),
    { atMs: nextDueMs(plan, report, nowMs) ?? Number.NaN, value: words.nextReport },
  ];
  const rows = coming
    .filter(({ atMs }) => atMs > nowMs)
    .toSorted((a, b) => a.atMs - b.atMs)
    .slice(0, datesMax)
    .map(({ atMs, value }): SectionRow => ({ label: timeline.format.moment(toInstant(atMs)), value }));
  return section(context, words.nextDates, rows, words.noDate);
}
