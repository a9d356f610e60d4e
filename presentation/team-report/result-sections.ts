/** What was tested and measured: scripts, criteria of the gates ahead, the success metrics, and promises with a date. */

import { meets } from '#domain/judge/check.ts';
import { addDays, localDay } from '#domain/plan/calendar.ts';
import { openPhases } from '#domain/rules/progress.ts';
import { factsOf } from '../timeline/context.ts';
import { messageFigures, metricFigures, phaseFigures } from '../timeline/summary.ts';
import { type Section, type SectionRow, section, type TeamReportContext } from './section.ts';

/** Scripts of the open phases with how they ended, and each criterion with its value now. */
export function results(desk: TeamReportContext): Section {
  const { plan, release, entries, words, story } = desk;
  const open = openPhases(plan, release);
  const scripts = factsOf(entries, 'script.finished')
    .filter(({ fact }) =>
      open.some(({ id }) => id === fact.phase && release.phases[id]?.attempt === fact.attempt),
    )
    .map(({ at, fact }): SectionRow => {
      const said = fact.summary === '' ? '' : `${words.semicolon}${story.names.words(fact.summary)}`;
      const ended = words.ended[fact.status](story.format.moment(at), fact.exitCode);
      return { label: story.script(fact.script), value: `${ended}${said}` };
    });
  const criteria = open.flatMap(({ gate }) =>
    gate.criteria.map(({ text, check, approval }): SectionRow => {
      if (check !== undefined) return { label: text, value: readingOf(desk, check) };
      return { label: text, value: words.approvedBy(story.role(approval ?? '')) };
    }),
  );
  return section(desk, words.results, [...scripts, ...criteria], words.noResult);
}

function readingOf({ plan, readings, words, story }: TeamReportContext, id: string): string {
  const check = plan.checks[id];
  const reading = readings[id];
  if (!check || !reading) return words.verdicts.unknown;
  const objective = story.texts.objectiveIs(story.format.objective(check.objective));
  if (reading.value === undefined) return `${words.verdicts[reading.verdict]} (${objective})`;
  const value = story.format.reading(reading.value, check.objective);
  return `${value} (${objective}), ${words.verdicts[reading.verdict]}`;
}

/** Each success metric of the plan: its target, its value now or the last one known, and whether that will do. */
export function scorecard(desk: TeamReportContext): Section {
  const { plan, readings, nowMs, words, story } = desk;
  const { format, texts } = story;
  const today = localDay(nowMs, plan.timeZone);
  const rows = metricFigures(desk).map(
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
  return section(desk, words.scorecard, rows, words.noMetric);
}

/** What the plan had promised until today: phases that end on their day, messages that go on theirs, measurements. */
export function promises(desk: TeamReportContext): Section {
  const { plan, release, nowMs, words, story } = desk;
  const today = localDay(nowMs, plan.timeZone);
  const phases = phaseFigures(desk)
    .filter(({ plannedTo }) => plannedTo < today)
    .map(
      ({ name, plannedTo, delayDays }): SectionRow => ({
        label: name,
        value: words.endedOn(story.format.date(plannedTo), delayDays),
      }),
    );
  const told = messageFigures(desk)
    .filter(({ plannedAt }) => plannedAt !== undefined && Date.parse(plannedAt) < nowMs)
    .map(({ message, sentAt, plannedAt = '' }): SectionRow => {
      const kept = sentAt !== undefined && dayIn(plan.timeZone, sentAt) <= dayIn(plan.timeZone, plannedAt);
      return {
        label: story.message(message).label,
        value: words.kept(sentAt === undefined ? 'broken' : kept ? 'kept' : 'late'),
      };
    });
  const measured = plan.successMetrics.flatMap(({ name, check, fromDay }): readonly SectionRow[] => {
    if (fromDay === undefined || addDays(release.launchDay, fromDay) > today) return [];
    const known = metricFigures(desk).find((one) => one.check === check && one.name === name);
    return [
      {
        label: name,
        value: words.kept(known?.verdict === 'early' || known?.value === undefined ? 'broken' : 'kept'),
      },
    ];
  });
  return section(desk, words.promises, [...phases, ...told, ...measured], words.noPromise);
}

const dayIn = (timeZone: string, instant: string): string => localDay(Date.parse(instant), timeZone);
