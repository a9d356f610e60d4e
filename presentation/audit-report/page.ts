/** The account of a release in words. `markdown.ts` and `html.ts` write them. */
import { daysBetween, localDay } from '#domain/plan/calendar.ts';
import { formatOf, type Language } from '../format.ts';
import { accountTextsOf } from '../messages/account.ts';
import type { Texts } from '../messages/texts.ts';
import { TimelineContext, type TimelineInput } from '../timeline/context.ts';
import { wordsOf } from '../words.ts';
import { accountOf } from './audit-report.ts';
import { commitmentTables, summaryOfCommitments } from './commitment-tables.ts';
import { decisionRows } from './decision-table.ts';
import type { AuditDocument, AuditReportContext, DocumentBlock, DocumentTable } from './document.ts';
import { incidentRows, riskRows } from './incident-tables.ts';
import { hourRows, hoursText } from './time-spent-table.ts';

/** `texts` in that language. Throws RangeError for a ledger without entries. */
export function pageOf(input: TimelineInput, language: Language, texts: Texts): AuditDocument {
  const { plan, release } = input;
  const format = formatOf(language, plan.timeZone);
  const words = accountTextsOf(language);
  const context: AuditReportContext = {
    input,
    account: accountOf(input),
    words,
    timeline: new TimelineContext(input, texts, format),
    format,
  };
  return {
    language,
    title: words.title(plan.title, release.version),
    words: wordsOf(input.entries),
    blocks: [
      ...section(words.summary, facts(context)),
      { kind: 'paragraph', text: words.outcomeRules },
      { kind: 'heading', level: 2, text: words.hours },
      { kind: 'paragraph', text: words.hoursRules },
      hourRows(context),
      { kind: 'heading', level: 2, text: words.commitments },
      { kind: 'paragraph', text: words.commitmentsRules },
      ...commitmentTables(context),
      ...section(words.decisions, decisionRows(context)),
      ...section(words.incidents, incidentRows(context)),
      ...section(words.risks, riskRows(context)),
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

function facts(context: AuditReportContext): DocumentTable {
  const { words, account, format, input, timeline } = context;
  const { plan, release } = input;
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
      [words.span, timeline.texts.spanText(format.day(account.startedAt), format.day(account.endedAt), days)],
      [words.total, hoursText(format, account.hours.total)],
      [words.access, timeline.texts.finalAccessText(release.exposure)],
      [words.planRevision, format.date(release.planRevision)],
      [words.commitmentsKept, summaryOfCommitments(context)],
    ],
  };
}
