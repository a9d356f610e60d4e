/** The timeline: what happened, when, in the order in which it happened, grouped by phase. */

import { isRollbackLevel } from '#domain/ledger/outcomes.ts';
import { unreachable } from '#domain/unreachable.ts';
import { type Format, formatOf, type Language } from '#presentation/format.ts';
import type { Texts } from '#presentation/messages/texts.ts';
import {
  findFact,
  sectionsOf,
  TimelineContext,
  type TimelineInput,
  type TimelineLine,
  type TimelineSection,
} from '#presentation/timeline/context.ts';
import { narrate } from '#presentation/timeline/lines.ts';
import { widthMax, wrap } from '../terminal/layout.ts';
import type { Paint } from '../terminal/paint.ts';

export interface Style {
  readonly language: Language;
  readonly texts: Texts;
  readonly paint: Paint;
}

const indent = 2;

/** Lines of at most 110 characters, colour codes not counted. */
export function timeline(input: TimelineInput, { language, texts, paint }: Style): readonly string[] {
  const format = formatOf(language, input.plan.timeZone);
  const context = new TimelineContext(input, texts, format);
  const lines = sectionsOf(input).flatMap((section) => [
    '',
    ...headingLines(context, section, paint),
    ...dated(narrate(context, section), format, paint),
  ]);
  if (input.stoppedAtPhase === undefined) return lines;
  return [...lines, '', `${texts.stoppedAt(context.phaseName(input.stoppedAtPhase))}.`];
}

export function headingLines(
  context: TimelineContext,
  section: TimelineSection,
  paint: Paint,
): readonly string[] {
  const { texts, plan } = context;
  switch (section.kind) {
    case 'admission':
      return [paint.heading(texts.admission)];
    case 'follow-up':
      return [paint.heading(texts.followUp)];
    case 'rollback': {
      const level = findFact(section.entries, 'rollback.chosen')?.fact.level ?? 'none';
      const phase = context.phaseName(section.phase);
      if (!isRollbackLevel(level)) return [paint.heading(texts.askedHeading(phase))];
      const { name, level: gravity } = plan.rollback[level];
      return [paint.heading(texts.rollbackHeading(name, gravity, phase))];
    }
    case 'phase': {
      const phase = context.phase(section.phase);
      const title = texts.phaseHeading(phase?.name ?? section.phase, phase?.section ?? '', section.attempt);
      return [paint.heading(title), paint.quiet(`${' '.repeat(indent)}${dates(context, section)}`)];
    }
    default:
      return unreachable(section.kind);
  }
}

function dates(context: TimelineContext, { phase: id, attempt, entries }: TimelineSection): string {
  const { texts, format, entries: all } = context;
  const phase = context.phase(id);
  const { at: opened = '', seq = 0 } = entries[0] ?? {};
  const closed = findFact(all, 'phase.closed', (fact) => fact.phase === id && fact.attempt === attempt)?.at;
  const planned = phase
    ? texts.plannedDates(
        format.shortDate(context.dated(phase.from, seq)),
        format.shortDate(context.dated(phase.to, seq)),
      )
    : '';
  const real = texts.realDates(
    format.shortDay(opened),
    closed === undefined ? undefined : format.shortDay(closed),
  );
  return `${planned}, ${real}`;
}

/** The date only where it changes, the time on every line. */
function dated(lines: readonly TimelineLine[], format: Format, paint: Paint): readonly string[] {
  let before = '';
  return lines.flatMap((line) => {
    const day = format.day(line.at);
    const shown = day === before ? ' '.repeat(day.length) : day;
    before = day;
    return printed(line, `${shown} ${format.time(line.at)}`, paint);
  });
}

export function printed(
  { mark, text, details = [] }: TimelineLine,
  when: string,
  paint: Paint,
): readonly string[] {
  const left = indent + when.length + 2;
  const below = ' '.repeat(left + 2);
  const [first = '', ...more] = wrap(text, widthMax - left - 2);
  return [
    `${' '.repeat(indent)}${paint.quiet(when)}  ${paint.mark(mark)} ${first}`,
    ...more.map((one) => `${below}${one}`),
    ...details.flatMap((detail) => {
      const hanging = detail.mark === undefined ? '' : '  ';
      const [head = '', ...rest] = wrap(detail.text, widthMax - left - 2 - hanging.length);
      const sign = detail.mark === undefined ? '' : `${paint.mark(detail.mark)} `;
      return [`${below}${sign}${head}`, ...rest.map((one) => `${below}${hanging}${one}`)];
    }),
  ];
}
