/**
 * A report to the team about a release, at a moment: written from the plan, the ledger and what checks say now. Pure, so that
 * it is the same on AWS and in a rehearsal.
 */

import { localDay, toInstant } from '#domain/plan/calendar.ts';
import { hasResults, hasScorecard } from '#domain/rules/report-contents.ts';
import { formatOf } from '../format.ts';
import type { Variables } from '../mail/variables.ts';
import { reportTextsOf } from '../messages/reports.ts';
import { sectionsOf, TimelineContext } from '../timeline/context.ts';
import { narrate } from '../timeline/lines.ts';
import { nextDates } from './date-sections.ts';
import { commitments, results, scorecard } from './result-sections.ts';
import type { Matter, Section, SectionRow, TeamReportContext } from './section.ts';
import { checklists, gates, incidents, messages, risks, standing } from './status-sections.ts';

export function writeReport(matter: Matter): Variables<'report'> {
  const { plan, release, report, entries, nowMs, texts, again = false } = matter;
  const format = formatOf(plan.language, plan.timeZone);
  const words = reportTextsOf(plan.language);
  const context: TeamReportContext = {
    ...matter,
    words,
    timeline: new TimelineContext({ plan, release, entries }, texts, format),
  };
  const sections = [
    happened(context),
    standing(context),
    checklists(context),
    ...(hasResults(report) ? [results(context)] : []),
    gates(context),
    incidents(context),
    risks(context),
    ...(hasScorecard(report) ? [scorecard(context), commitments(context)] : []),
    messages(context),
    nextDates(context),
  ];
  const product = plan.mail?.product ?? plan.product;
  const since = release.reports[report.id]?.toldAt ?? release.startedAt;
  const subject = words.subject(
    product,
    release.version,
    report.step,
    format.date(localDay(nowMs, plan.timeZone)),
  );
  const introduction = words.introduction(
    report.content,
    format.moment(since),
    format.moment(toInstant(nowMs)),
    report.audience,
  );
  return {
    product,
    subject: again ? words.subjectAgain(subject) : subject,
    title: words.title(report.step, release.version),
    introduction: again ? `${words.again} ${introduction}` : introduction,
    sections,
  };
}

/** Lines of what has happened; the rest is counted. */
const linesMax = 30;

/** The timeline since its readers last heard; of more than a mail should hold, the end. */
function happened({ timeline, words, plan, release, report, entries }: TeamReportContext): Section {
  const since = release.reports[report.id]?.toldAt ?? release.startedAt;
  const lines = sectionsOf({ plan, release, entries })
    .flatMap((section) => narrate(timeline, section))
    .filter(({ at }) => at > since);
  const shown = lines.slice(-linesMax);
  const rows = shown.map(({ at, text }): SectionRow => ({ label: timeline.format.moment(at), value: text }));
  const left = lines.length - shown.length;
  return {
    heading: words.happened,
    rows: [
      ...(left > 0 ? [{ label: words.before, value: words.more(left) }] : []),
      ...(rows.length > 0 ? rows : [{ label: words.since, value: words.nothing }]),
    ],
  };
}
