/** `jalon report preview`: the reports of a rehearsal as the team would get them, as text and as pages for a browser. */

import type { Plan } from '#domain/plan/plan.ts';
import type { Language } from '#presentation/format.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import { BadInput, exitCodes } from '../terminal/exit.ts';
import type { Io } from '../terminal/io.ts';
import { loadPlan } from '../terminal/plan-argument.ts';
import { writePages } from '../terminal/write-pages.ts';

export interface ReportOptions {
  readonly report?: string;
  readonly lang?: Language;
  readonly to: string;
}

const seed = 1;
const users = 2_000;

/** Prints the path of each page. Throws BadInput. */
export async function previewReports(
  argument: string | undefined,
  { report, lang, to }: ReportOptions,
  io: Io,
): Promise<number> {
  const plan = await loadPlan(argument, lang);
  refuseUnknown(plan, report);
  const { notices } = await rehearse({ plan: { ...plan, language: lang ?? plan.language }, seed, users });
  const files = notices
    .filter(({ about, html }) => html !== undefined && (report === undefined || about === report))
    .flatMap(({ at, about, subject, html = '', text }) => {
      const name = `${at.slice(0, 10)}.${about}`;
      return [[`${name}.html`, html] as const, [`${name}.txt`, `${subject}\n\n${text}`] as const];
    });
  for (const path of writePages(to, files)) io.stdout(`${path}\n`);
  return exitCodes.completed;
}

function refuseUnknown({ reports, product }: Plan, wanted: string | undefined): void {
  const dated = reports.filter(({ cadence }) => cadence !== 'real-time').map(({ id }) => id);
  if (wanted === undefined || dated.includes(wanted)) return;
  throw new BadInput(
    `--report is "${wanted}": the reports of ${product} that have dates are ${dated.join(', ') || 'none'}; choose one of them`,
  );
}
