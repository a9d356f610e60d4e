/** The end of the timeline: what came of it, in tables. */

import { noticeKinds } from '#domain/mailing/notice.ts';
import { minuteMs } from '#domain/time.ts';
import { formatOf } from '#presentation/format.ts';
import { TimelineContext } from '#presentation/timeline/context.ts';
import {
  daysOf,
  incidentFigures,
  messageFigures,
  metricFigures,
  phaseFigures,
} from '#presentation/timeline/summary.ts';
import type { Rehearsal } from '#rehearsal/rehearse.ts';
import { padEnd, type TextColumn, table, widest } from '../terminal/layout.ts';
import type { Style } from '../timeline/timeline.ts';
import { billTable } from './bill.ts';

/** What the summary is made of. */
export type Summed = Pick<
  Rehearsal,
  | 'plan'
  | 'release'
  | 'entries'
  | 'bill'
  | 'notices'
  | 'executionStatus'
  | 'executionError'
  | 'startedAt'
  | 'endedAt'
  | 'stoppedAtPhase'
  | 'person'
>;

const indent = 2;
const absent = '–';

export function summary(input: Summed, style: Style): readonly string[] {
  const { paint, texts } = style;
  const format = formatOf(style.language, input.plan.timeZone);
  const context = new TimelineContext(input, texts, format);
  const section = (title: string, lines: readonly string[]) => ['', paint.heading(title), ...lines];
  return [
    ...section(texts.summary, outcome(input, context)),
    ...section(texts.phases, phases(input, context)),
    ...section(texts.messages, messages(input, context)),
    ...section(texts.notices, notices(input, context)),
    ...section(texts.metrics, metrics(input, context)),
    ...section(texts.incidents, incidents(input, context)),
    ...section(texts.bill, billTable(input.bill, texts, format, indent)),
  ];
}

function outcome(input: Summed, context: TimelineContext): readonly string[] {
  const { texts, format } = context;
  const { release, plan, stoppedAtPhase } = input;
  const ended = release.closedAt ?? input.endedAt;
  const stopped =
    stoppedAtPhase === undefined ? undefined : texts.stoppedAt(context.phaseName(stoppedAtPhase));
  const stuck = texts.stuck(input.executionStatus, input.executionError ?? '');
  const rows: readonly (readonly [string, string])[] = [
    [texts.outcome, stopped ?? texts.closed[release.status]],
    ...(release.status === 'active' && stopped === undefined ? [['', stuck] as const] : []),
    [
      texts.span,
      texts.spanText(format.day(input.startedAt), format.day(ended), daysOf(plan, input.startedAt, ended)),
    ],
    [texts.finalAccess, texts.finalAccessText(release.exposure)],
  ];
  const width = widest(rows.map(([label]) => label));
  return rows.map(([label, text]) => `${' '.repeat(indent)}${padEnd(label, width)}  ${text}`);
}

/** How often the team was told what, and whom of it. */
function notices({ notices: all, plan }: Summed, { texts }: TimelineContext): readonly string[] {
  const columns: readonly TextColumn[] = [
    { title: texts.notice },
    { title: texts.count, align: 'right' },
    { title: texts.toldRoles, flexible: true },
  ];
  const rows = noticeKinds.flatMap((kind) => {
    const sent = all.filter((one) => one.kind === kind);
    if (sent.length === 0) return [];
    const counts = Object.keys(plan.roles).flatMap((id) => {
      const count = sent.filter(({ roles }) => roles.includes(id)).length;
      return count === 0 ? [] : [`${plan.roles[id]?.name ?? id} ${count}`];
    });
    return [[texts.noticeKinds[kind], String(sent.length), counts.join(', ')]];
  });
  return rows.length === 0 ? [`${' '.repeat(indent)}${texts.none}`] : table(columns, rows, indent);
}

function phases(input: Summed, { texts, format }: TimelineContext): readonly string[] {
  const columns: readonly TextColumn[] = [
    { title: texts.phase, flexible: true },
    { title: texts.planned },
    { title: texts.real },
    { title: texts.delay },
    { title: texts.attempts, align: 'right' },
    { title: texts.status },
  ];
  const rows = phaseFigures(input).map((phase) => [
    phase.name,
    period(format.shortDate(phase.plannedFrom), format.shortDate(phase.plannedTo)),
    phase.openedAt === undefined
      ? absent
      : period(
          format.shortDay(phase.openedAt),
          phase.closedAt === undefined ? '…' : format.shortDay(phase.closedAt),
        ),
    phase.delayDays === undefined ? absent : texts.delayDays(phase.delayDays),
    phase.attempts === 0 ? absent : `${phase.attempts}`,
    phase.openedAt === undefined
      ? texts.notReached
      : phase.outcome === undefined
        ? input.release.status === 'active'
          ? texts.running
          : texts.unfinished
        : texts.outcomes[phase.outcome],
  ]);
  return table(columns, rows, indent);
}

const period = (from: string, to: string) => (from === to ? from : `${from} → ${to}`);

function messages(input: Summed, { texts, format, plan }: TimelineContext): readonly string[] {
  const columns: readonly TextColumn[] = [
    { title: texts.message },
    { title: texts.audience, flexible: true },
    { title: texts.planned },
    { title: texts.real },
    { title: texts.recipients, align: 'right' },
    { title: texts.status },
  ];
  const short = (instant: string) => `${format.shortDay(instant)} ${format.time(instant)}`;
  const steps = new Map(plan.messages.map(({ id, step }) => [id, step]));
  const rows = messageFigures(input).map((message) => [
    message.timing ?? steps.get(message.message) ?? message.message,
    message.audience,
    message.plannedAt === undefined ? texts.onEvent : short(message.plannedAt),
    message.sentAt === undefined ? absent : short(message.sentAt),
    message.recipients === 0 ? absent : format.number(message.recipients),
    texts.statuses[message.status],
  ]);
  return table(columns, rows, indent);
}

function metrics(input: Summed, { texts, format }: TimelineContext): readonly string[] {
  const columns: readonly TextColumn[] = [
    { title: texts.metric },
    { title: texts.target, flexible: true },
    { title: texts.lastValue, align: 'right' },
    { title: texts.measuredAt },
    { title: texts.verdict },
  ];
  const rows = metricFigures(input).map(
    ({ name, target, objective, value, measuredAt, dueFrom, verdict }) => [
      name,
      target,
      value === undefined ? absent : format.reading(value, objective),
      measuredAt === undefined ? absent : format.shortDay(measuredAt),
      {
        met: texts.metricMet,
        missed: texts.metricMissed,
        unknown: texts.metricUnknown,
        early: texts.metricEarly(dueFrom === undefined ? '' : format.shortDate(dueFrom)),
      }[verdict],
    ],
  );
  return table(columns, rows, indent);
}

function incidents(input: Summed, context: TimelineContext): readonly string[] {
  const { texts, format } = context;
  const figures = incidentFigures(input);
  if (figures.length === 0) return [`${' '.repeat(indent)}${texts.none}`];
  const columns: readonly TextColumn[] = [
    { title: texts.openedAt },
    { title: texts.phase },
    { title: texts.severity },
    { title: texts.incidentTitle, flexible: true },
    { title: texts.status },
    { title: texts.resolvedAfter, align: 'right' },
  ];
  const rows = figures.map(({ openedAt, phase, severity, title, status, minutes }) => [
    `${format.shortDay(openedAt)} ${format.time(openedAt)}`,
    context.phaseName(phase),
    texts.severities[severity],
    context.title(title),
    texts.incidentStatuses[status],
    minutes === undefined ? absent : format.duration(minutes * minuteMs),
  ]);
  return table(columns, rows, indent);
}
