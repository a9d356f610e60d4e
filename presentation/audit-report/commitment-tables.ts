/** The plan's promises as tables, each with what happened and whether it was kept. */
import { say } from '#domain/coded.ts';
import { meets } from '#domain/judge/check.ts';
import { minuteMs } from '#domain/time.ts';
import type { Kept } from './commitment.ts';
import { type AuditReportContext, absent, type DocumentBlock, tableOr } from './document.ts';
import { hoursText } from './time-spent-table.ts';

/** `12 of 14`, over all that can be said to be kept or not. */
export function summaryOfCommitments({ account, words }: AuditReportContext): string {
  const { phases, exposures, messages, gates, calls } = account;
  const verdicts: readonly Kept[] = [
    ...[phases, exposures, gates, calls].flatMap((all) => all.map(({ kept }) => kept)),
    // What an event sends was not promised.
    ...messages.filter(({ plannedAt }) => plannedAt !== undefined).map(({ kept }) => kept),
    ...account.scores.map(({ verdict }) => scoreKept[verdict]),
  ];
  const count = (kept: Kept) => verdicts.filter((one) => one === kept).length;
  return words.keptOf(count('kept'), count('kept') + count('broken'), count('open'));
}

const scoreKept = { healthy: 'kept', unhealthy: 'broken', inconclusive: 'open', unknown: 'open' } as const;

export const commitmentTables = (context: AuditReportContext): readonly DocumentBlock[] => [
  ...under(context.words.phases, phases(context)),
  ...under(context.words.exposures, exposures(context)),
  ...under(context.words.messages, messages(context)),
  ...under(context.words.gates, gates(context)),
  ...under(context.words.calls, calls(context)),
  ...under(context.words.scores, scores(context)),
];

const under = (text: string, block: DocumentBlock): readonly DocumentBlock[] => [
  { kind: 'heading', level: 3, text },
  block,
];

function phases({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const columns = [words.phase, words.planned, words.real, words.delay, words.kept].map((title) => ({
    title,
  }));
  const rows = account.phases.map(
    ({ phase, plannedFrom, plannedTo, openedAt, promotedAt, daysLate, kept }) => [
      timeline.phaseName(phase),
      words.period(format.shortDate(plannedFrom), format.shortDate(plannedTo)),
      openedAt === undefined
        ? absent
        : words.period(
            format.shortDay(openedAt),
            promotedAt === undefined ? '…' : format.shortDay(promotedAt),
          ),
      daysLate === undefined ? absent : words.days(daysLate),
      words.verdicts[kept],
    ],
  );
  return tableOr(words.none, columns, rows);
}

function exposures({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const columns = [words.phase, words.share, words.planned, words.real, words.delay, words.kept].map(
    (title) => ({
      title,
    }),
  );
  const rows = account.exposures.map(({ phase, percent, plannedOn, openedAt, daysLate, kept }) => [
    timeline.phaseName(phase),
    `${percent} %`,
    format.date(plannedOn),
    openedAt === undefined ? absent : format.moment(openedAt),
    daysLate === undefined ? absent : words.days(daysLate),
    words.verdicts[kept],
  ]);
  return tableOr(words.none, columns, rows);
}

function messages({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const columns = [
    { title: words.message },
    { title: words.planned },
    { title: words.real },
    { title: words.delay },
    { title: words.people, number: true as const },
    { title: words.kept },
  ];
  const rows = account.messages.map((one) => {
    const { label, subject, audience } = timeline.message(one.message);
    const first =
      one.firstPlannedAt === undefined ? '' : words.firstPlanned(format.moment(one.firstPlannedAt));
    const failed = one.failed > 0 ? words.failed(one.failed) : '';
    const reason = one.reason === undefined ? '' : ` (${say(timeline.says.omissions, one.reason)})`;
    return [
      `${label}, ${audience}${timeline.texts.colon}${subject}`,
      one.plannedAt === undefined ? words.onEvent : `${format.moment(one.plannedAt)}${first}`,
      one.sentAt === undefined ? absent : format.moment(one.sentAt),
      one.minutesLate === undefined
        ? absent
        : words.late(format.duration(one.minutesLate * minuteMs), one.minutesLate),
      one.sentAt === undefined ? absent : `${format.number(one.sent)}${failed}`,
      one.plannedAt === undefined ? absent : `${words.verdicts[one.kept]}${reason}`,
    ];
  });
  return tableOr(words.none, columns, rows);
}

function gates({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const columns = [
    { title: words.phase },
    { title: words.opened },
    { title: words.decided },
    { title: words.took, number: true as const },
    { title: words.allowed, number: true as const },
    { title: words.kept },
  ];
  const rows = account.gates.map(({ phase, attempt, openedAt, decidedAt, minutes, hoursMax, kept }) => [
    words.visit(timeline.phaseName(phase), attempt),
    format.moment(openedAt),
    decidedAt === undefined ? absent : format.moment(decidedAt),
    minutes === undefined ? absent : hoursText(format, minutes),
    `${format.number(hoursMax)} h`,
    words.verdicts[kept],
  ]);
  return tableOr(words.none, columns, rows);
}

function calls({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const columns = [
    { title: words.incident },
    { title: words.called },
    { title: words.at },
    { title: words.ended },
    { title: words.allowed, number: true as const },
    { title: words.kept },
  ];
  const rows = account.calls.map(({ incident, level, role, calledAt, ended, minutes, minutesMax, kept }) => [
    titleOf(account, timeline, incident),
    words.level(level, timeline.role(role)),
    format.moment(calledAt),
    ended === undefined ? absent : words.endings[ended](format.duration((minutes ?? 0) * minuteMs)),
    `${minutesMax} min`,
    words.verdicts[kept],
  ]);
  return tableOr(words.noCall, columns, rows);
}

function titleOf(
  { incidents }: AuditReportContext['account'],
  timeline: AuditReportContext['timeline'],
  incident: string,
): string {
  const opened = incidents.find((one) => one.incident === incident);
  return opened ? timeline.title(opened.title) : incident;
}

function scores({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const { texts } = timeline;
  const columns = [
    { title: texts.metric },
    { title: texts.target },
    { title: texts.lastValue, number: true as const },
    { title: words.kept },
  ];
  const rows = account.scores.map(({ metric, value, verdict, from }) => [
    metric.name,
    metric.target,
    value === undefined ? absent : format.reading(value, metric.objective),
    verdict === 'inconclusive' && from !== undefined
      ? texts.metricEarly(format.shortDate(from))
      : value === undefined
        ? texts.metricUnknown
        : meets(metric.objective, value)
          ? words.verdicts.kept
          : words.verdicts.broken,
  ]);
  return tableOr(words.none, columns, rows);
}
