/** Where the time went, as a table: a row for each visit of a phase, a column for each kind of time. */
import type { Format } from '../format.ts';
import { type AuditReportContext, absent, type DocumentBlock } from './document.ts';
import { kindsOfTime, type MinutesByKind, sumOf } from './time-spent.ts';

/** `1 234 h 05`. Hours add up where days and rounded numbers would not. */
export const hoursText = (format: Format, minutes: number): string =>
  `${format.number(Math.floor(minutes / 60))} h ${String(minutes % 60).padStart(2, '0')}`;

export function hourRows({ account, words, timeline, format }: AuditReportContext): DocumentBlock {
  const { visits, all, total } = account.hours;
  const cells = (minutes: MinutesByKind) => [
    ...kindsOfTime.map((kind) => (minutes[kind] === 0 ? absent : hoursText(format, minutes[kind]))),
    hoursText(format, sumOf(minutes)),
  ];
  const share = (minutes: number) => `${format.number(total === 0 ? 0 : (100 * minutes) / total, 1)} %`;
  return {
    kind: 'table',
    columns: [
      { title: words.phase },
      ...kindsOfTime.map((kind) => ({ title: words.kinds[kind], number: true as const })),
      { title: words.all, number: true },
    ],
    rows: [
      ...visits.map(({ phase, attempt, minutes }) => [
        phase === undefined ? words.followUp : words.visit(timeline.phaseName(phase), attempt),
        ...cells(minutes),
      ]),
      [words.share, ...kindsOfTime.map((kind) => share(all[kind])), share(total)],
      [words.all, ...cells(all)],
    ],
    sum: true,
  };
}
