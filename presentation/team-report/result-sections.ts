/** What was tested and measured: scripts, criteria of the gates ahead, the success metrics, and promises with a date. */

import { meets } from '#domain/judge/check.ts';
import { addDays, localDay } from '#domain/plan/calendar.ts';
import { openPhases } from '#domain/rules/progress.ts';
import { factsOf } from '../timeline/context.ts';
import { messageFigures, metricFigures, phaseFigures } from '../timeline/summary.ts';
import { type Section, type SectionRow, section, type TeamReportContext } from './section.ts';

/** Scripts of the open phases with how they ended, and each criterion with its value now. */
export function results(context: TeamReportContext): Section {
  const { plan, release, entries, words, timeline } = context;
  const open = openPhases(plan, release);
  const scripts = factsOf(entries, 'script.finished')
    .filter(({ fact }) =>
      open.some(({ id }) => id === fact.phase && release.phases[id]?.attempt === fact.attempt),
    )
    .map(({ at, fact }): SectionRow => {
      const said = fact.summary === '' ? '' : `${words.semicolon}${timeline.names.words(fact.summary)}`;
      const ended = words.ended[fact.status](timeline.format.moment(at), fact.exitCode);
      return { label: timeline.script(fact.script), value: `${ended}${said}` };
    });
  const criteria = open.flatMap(({ gate }) =>
    gate.criteria.map(({ text, check, approval }): SectionRow => {
      if (check !== undefined) return { label: text, value: readingOf(context, check) };
      return { label: text, value: words.approvedBy(timeline.role(approval ?? '')) };
    }),
  );
  return section(context, words.results, [...scripts, ...criteria], words.noResult);
}

function readingOf({ plan, readings, words, timeline }: TeamReportContext, id: string): string {
  const check = plan.checks[id];
  const reading = readings[id];
  if (!check || !reading) return words.verdicts.unknown;
  const objective = timeline.texts.objectiveIs(timeline.format.objective(check.objective));
  if (reading.value === undefined) return `${words.verdicts[reading.verdict]} (${objective})`;
  const value = timeline.format.reading(reading.value, check.objective);
  return `${value} (${objective}), ${words.verdicts[reading.verdict]}`;
}

/** Each success metric of the plan: its target, its value now or the last one known, and whether that will do. */
export function scorecard(context: TeamReportContext): Section {
  const { plan, readings, nowMs, words, timeline } = context;
  const { format, texts } = timeline;
  const today = localDay(nowMs, plan.timeZone);
  const rows = metricFigures(context).map(
    ({ name, check, objective, value: known, dueFrom, target }): SectionRow => {
      const value = readings[check]?.value ?? known;
      const early = dueFrom !== undefined && today < dueFrom;
      const seen = value === undefined ? texts.metricUnknown : format.reading(value, objective);
      const met =
        value === undefined ? '' : `, ${meets(objective, value) ? texts.metricMet : texts.metricMissed}`;
      const verdict = early ? `, ${words.measuredFrom(format.date(dueFrom))}` : met;
      return { label: name, value: `${seen}${verdict}${words.semicolon}${words.target(target)}` };
    },
  );
  return section(context, words.scorecard, rows, words.noMetric);
}

/** What the plan had promised until today: phases that end on their day, messages that go on theirs, measurements. */
export function commitments(context: TeamReportContext): Section {
  const { plan, release, nowMs, words, timeline } = context;
  const today = localDay(nowMs, plan.timeZone);
  const phases = phaseFigures(context)
    .filter(({ plannedTo }) => plannedTo < today)
    .map(
      ({ name, plannedTo, delayDays }): SectionRow => ({
        label: name,
        value: words.endedOn(timeline.format.date(plannedTo), delayDays),
      }),
    );
  const told = messageFigures(context)
    .filter(({ plannedAt }) => plannedAt !== undefined && Date.parse(plannedAt) < nowMs)
    .map(({ message, sentAt, plannedAt = '' }): SectionRow => {
      const kept = sentAt !== undefined && dayIn(plan.timeZone, sentAt) <= dayIn(plan.timeZone, plannedAt);
      return {
        label: timeline.message(message).label,
        value: words.kept(sentAt === undefined ? 'broken' : kept ? 'kept' : 'late'),
      };
    });
  const measured = plan.successMetrics.flatMap(({ name, check, fromDay }): readonly SectionRow[] => {
    if (fromDay === undefined || addDays(release.launchDay, fromDay) > today) return [];
    const known = metricFigures(context).find((one) => one.check === check && one.name === name);
    return [
      {
        label: name,
        value: words.kept(known?.verdict === 'early' || known?.value === undefined ? 'broken' : 'kept'),
      },
    ];
  });
  return section(context, words.commitments, [...phases, ...told, ...measured], words.noCommitment);
}

const dayIn = (timeZone: string, instant: string): string => localDay(Date.parse(instant), timeZone);
