/** Dates, numbers and durations as the reader's language writes them, in the plan's time zone. */
import { meets } from '#domain/judge/check.ts';
import type { Objective, Plan } from '#domain/plan/plan.ts';
import { minuteMs } from '#domain/time.ts';

export type Language = Plan['language'];

export interface Format {
  /** `jeu. 10/04/2025` of an instant. */
  readonly day: (instant: string) => string;
  /** `09:00` of an instant. */
  readonly time: (instant: string) => string;
  /** `jeu. 10/04/2025 09:00` of an instant. */
  readonly moment: (instant: string) => string;
  /** `10/04` of an instant. */
  readonly shortDay: (instant: string) => string;
  /** `jeu. 10/04/2025` of a date of the plan. */
  readonly date: (localDay: string) => string;
  /** `10/04` of a date of the plan. */
  readonly shortDate: (localDay: string) => string;
  readonly number: (value: number, digits?: number) => string;
  readonly dollars: (value: number) => string;
  readonly duration: (ms: number) => string;
  /** A value in the unit of its objective, with as many digits as tell it from the objective. */
  readonly reading: (value: number, objective: Objective) => string;
  readonly objective: (objective: Objective) => string;
}

const comparisons = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const;

export function formatOf(language: Language, timeZone: string): Format {
  const inZone = dayFormats(language, timeZone);
  const calendar = dayFormats(language, 'UTC');
  const numbers = new Map<number, Intl.NumberFormat>();
  const number = (value: number, digits = 2): string => {
    let one = numbers.get(digits);
    if (!one) {
      one = new Intl.NumberFormat(language, { maximumFractionDigits: digits });
      numbers.set(digits, one);
    }
    // Terminals and grep prefer ordinary blanks.
    return one.format(value).replaceAll(/[\u00a0\u202f]/g, ' ');
  };
  const atNoon = (localDay: string) => `${localDay}T12:00:00Z`;
  return {
    ...inZone,
    moment: (instant) => `${inZone.day(instant)} ${inZone.time(instant)}`,
    date: (localDay) => calendar.day(atNoon(localDay)),
    shortDate: (localDay) => calendar.shortDay(atNoon(localDay)),
    number,
    dollars: (value) => {
      const digits = value > 0 && value < 0.1 ? 4 : 2;
      const text = value.toFixed(digits);
      return language === 'fr' ? `${text.replace('.', ',')} $` : `$${text}`;
    },
    duration: (ms) => duration(ms, language),
    reading: (value, objective) => {
      const digits = [2, 3, 4].find((candidate) => tells(value, objective, candidate)) ?? 6;
      return `${number(value, digits)} ${objective.unit}`;
    },
    objective: ({ comparison, value, unit }) => `${comparisons[comparison]} ${number(value)} ${unit}`,
  };
}

/** Rounded to so many digits, the value still stands on the same side of the objective. */
const tells = (value: number, objective: Objective, digits: number) =>
  meets(objective, Number(value.toFixed(digits))) === meets(objective, value);

function dayFormats(language: Language, timeZone: string) {
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone,
    weekday: 'short',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const cache = new Map<string, Readonly<Record<string, string>>>();
  const partsOf = (instant: string) => {
    let parts = cache.get(instant);
    if (!parts) {
      parts = Object.fromEntries(
        format.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]),
      );
      cache.set(instant, parts);
    }
    const { weekday = '', day = '', month = '', year = '', hour = '', minute = '' } = parts;
    return { weekday, day, month, year, hour, minute };
  };
  // 03/10 is March for some readers of English and October for others, so English gets ISO dates.
  return {
    day: (instant: string) => {
      const { weekday, day, month, year } = partsOf(instant);
      return language === 'fr' ? `${weekday} ${day}/${month}/${year}` : `${weekday} ${year}-${month}-${day}`;
    },
    shortDay: (instant: string) => {
      const { day, month } = partsOf(instant);
      return language === 'fr' ? `${day}/${month}` : `${month}-${day}`;
    },
    time: (instant: string) => {
      const { hour, minute } = partsOf(instant);
      return `${hour}:${minute}`;
    },
  };
}

function duration(ms: number, language: Language): string {
  const minutes = Math.round(ms / minuteMs);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return '< 1 min';
  if (hours < 1) return `${minutes} min`;
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  const unit = language === 'fr' ? 'j' : 'd';
  return hours % 24 === 0 ? `${days} ${unit}` : `${days} ${unit} ${hours % 24} h`;
}
