/** The account of a release in words. `markdown.ts` and `html.ts` write them. */
import { daysBetween, localDay } from '#domain/plan/calendar.ts';
import { formatOf, type Language } from '../format.ts';
import { accountTextsOf } from '../messages/account.ts';
import type { Texts } from '../messages/texts.ts';
import { TimelineContext, type TimelineInput } from '../timeline/context.ts';
import { wordsOf } from '../words.ts';
import { accountOf } from './audit-report.ts';
import { promiseTables, summaryOfPromises } from './commitment-tables.ts';
import { decisionRows } from './decision-table.ts';
import type { AuditDocument, AuditReportContext, DocumentBlock, DocumentTable } from './document.ts';
import { incidentRows, riskRows } from './incident-tables.ts';
import { hourRows, hoursText } from './time-spent-table.ts';

/** `texts` in that language. Throws RangeError for a ledger without entries. */
export function pageOf(told: TimelineInput, language: Language, texts: Texts): AuditDocument {
  const { plan, release } = told;
  const format = formatOf(language, plan.timeZone);
  const words = accountTextsOf(language);
  const desk: AuditReportContext = {
    told,
    account: accountOf(told),
    words,
    story: new TimelineContext(told, texts, format),
    format,
  };
  return {
    language,
    title: words.title(plan.title, release.version),
    words: wordsOf(told.entries),
    blocks: [
      ...section(words.summary, facts(desk)),
      { kind: 'paragraph', text: words.outcomeRules },
      { kind: 'heading', level: 2, text: words.hours },
      { kind: 'paragraph', text: words.hoursRules },
      hourRows(desk),
      { kind: 'heading', level: 2, text: words.promises },
      { kind: 'paragraph', text: words.promisesRules },
      ...promiseTables(desk),
      ...section(words.decisions, decisionRows(desk)),
      ...section(words.incidents, incidentRows(desk)),
      ...section(words.risks, riskRows(desk)),
      { kind: 'heading', level: 2, text: words.proof },
      { kind: 'paragraph', text: words.proofRules(release.seq) },
      {
        kind: 'table',
        columns: [{ title: words.what }, { title: words.value }],
        rows: [[words.head, release.hash]],
      },
    ],
  };
}

const section = (text: string, block: DocumentBlock): readonly DocumentBlock[] => [
  { kind: 'heading', level: 2, text },
  block,
];

function facts(desk: AuditReportContext): DocumentTable {
  const { words, account, format, told, story } = desk;
  const { plan, release } = told;
  const day = (instant: string) => localDay(Date.parse(instant), plan.timeZone);
  const days = daysBetween(day(account.startedAt), day(account.endedAt)) + 1;
  const promisedDay = account.decisions[0]?.fact;
  const admitted = promisedDay?.type === 'release.admitted' ? promisedDay.launchDay : release.launchDay;
  const launch =
    admitted === release.launchDay
      ? format.date(admitted)
      : words.moved(format.date(release.launchDay), format.date(admitted));
  return {
    kind: 'table',
    columns: [{ title: words.what }, { title: words.value }],
    rows: [
      [words.outcome, words.outcomes[account.outcome]],
      [words.release, release.id],
      [words.startedBy, release.startedBy],
      [words.launchDay, launch],
      [words.span, story.texts.spanText(format.day(account.startedAt), format.day(account.endedAt), days)],
      [words.total, hoursText(format, account.hours.total)],
      [words.access, story.texts.finalAccessText(release.exposure)],
      [words.planRevision, format.date(release.planRevision)],
      [words.promisesKept, summaryOfPromises(desk)],
    ],
  };
}
