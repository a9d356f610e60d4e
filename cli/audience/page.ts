/** What came of a file of users, for whoever has to mend it. */
import type { ImportEnd } from '#application/import-audience.ts';
import type { ImportReport, Remark } from '#domain/audience/import-validation.ts';

export interface EndedImport {
  /** `good`: it could be imported, and was not. */
  readonly outcome: ImportEnd['outcome'] | 'good';
  readonly skipBad: boolean;
  readonly report: ImportReport;
}

export function pageOf(path: string, { outcome, skipBad, report }: EndedImport): string {
  const { lines, people, locales, segments, refused, refusals, warned, warnings } = report;
  const groups = [...Object.entries(locales), ...Object.entries(segments)].filter(([, count]) => count > 0);
  const of = groups.map(([name, count]) => `${name} ${count}`).join(', ');
  return [
    `${path}: ${counted(lines, 'line')}, ${counted(people, 'user')}${of === '' ? '' : ` (${of})`}`,
    ...remarks('bad line', refused, refusals),
    ...remarks('warning', warned, warnings),
    conclusions[outcome](report, skipBad),
    '',
  ].join('\n');
}

const remarks = (what: string, count: number, listed: readonly Remark[]): readonly string[] => [
  ...(count === 0 ? [] : [`${counted(count, what)}:`]),
  ...listed.map(({ line, says }) => `  line ${line}: ${says}`),
  ...(count > listed.length ? [`  … and ${count - listed.length} more`] : []),
];

const without = ({ refused }: ImportReport) =>
  refused === 0 ? '' : `, without ${counted(refused, 'bad line')}`;

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

const conclusions: Readonly<
  Record<EndedImport['outcome'], (report: ImportReport, skipBad: boolean) => string>
> = {
  good: (report) => `The file can be imported${without(report)}; nothing was.`,
  imported: (report) => `${counted(report.people, 'user')} are the audience now${without(report)}.`,
  refused: ({ people }, skipBad) =>
    people === 0
      ? 'Nothing was imported: there is no user in the file that could be.'
      : skipBad
        ? 'Nothing was imported.'
        : 'Nothing was imported: mend the bad lines, or leave them out with --skip-bad.',
  outdated: () => 'Nothing was imported: a newer import has ended meanwhile, and its audience stays.',
  unfinished: () => 'Nothing was imported yet.',
};
