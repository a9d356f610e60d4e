/**
 * The plan's calendar: J+n is a date in the plan's time zone, never n × 24 hours. Pure; dates are texts, instants are
 * epoch milliseconds.
 */
import { remembered } from '../memo.ts';
import { dayMs, minuteMs } from '../time.ts';
import type { LocalDay, LocalTime } from './plan.ts';

/** ISO 8601 in UTC with milliseconds, for example `2025-05-18T07:00:00.000Z`. */
export type Instant = string;

/** A wall-clock time that the clocks skip in spring. */
export class LocalTimeDoesNotExist extends Error {
  override readonly name = 'LocalTimeDoesNotExist';
  /** `YYYY-MM-DD HH:MM`, what the clocks show instead. Zones skip at different hours, and Apia once skipped a day. */
  readonly instead: string;
  constructor(day: LocalDay, time: LocalTime, timeZone: string, instead: string) {
    super(
      `${day} ${time} does not exist in ${timeZone}: the clocks go forward over it; choose a time that they show, for example ${instead}`,
    );
    this.instead = instead;
  }
}

export const toInstant = (ms: number): Instant => new Date(ms).toISOString();

const dayStarts = new Map<LocalDay, number>();
const utcMs = (day: LocalDay): number => remembered(dayStarts, day, parsedMs);

function parsedMs(day: LocalDay): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day.slice(8)))
    throw new RangeError(`"${day}" is not a calendar date: write YYYY-MM-DD`);
  return ms;
}

const dates = new Map<number, LocalDay>();
const writtenDay = (ordinal: number): LocalDay => toInstant(ordinal * dayMs).slice(0, 10);

/** The date of an instant in UTC. */
export const utcDay = (ms: number): LocalDay => remembered(dates, Math.floor(ms / dayMs), writtenDay);

export const addDays = (day: LocalDay, days: number): LocalDay => utcDay(utcMs(day) + days * dayMs);

/** Days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: LocalDay, to: LocalDay): number =>
  Math.round((utcMs(to) - utcMs(from)) / dayMs);

const minutesPerDay = dayMs / minuteMs;
/**
 * Local time minus UTC in a minute since 1970, in milliseconds. Offsets of all zones change on a minute; not all on a quarter of
 * an hour: Newfoundland's did one minute after midnight.
 */
type OffsetOf = (minute: number) => number;

const zonesMax = 50;
const zones = new Map<string, OffsetOf>();

/** Intl is slow, so what it said of a minute is remembered. */
function zoneOf(timeZone: string): OffsetOf {
  const known = zones.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const offsets = new Map<number, number>();
  const asked: OffsetOf = (minute) => intlWallMs(minute * minuteMs, format) - minute * minuteMs;
  const zone: OffsetOf = (minute) => remembered(offsets, minute, asked);
  if (zones.size >= zonesMax) zones.clear();
  zones.set(timeZone, zone);
  return zone;
}

/**
 * Local time minus UTC at an instant, in milliseconds. No zone has ever changed its clocks and changed them back within a
 * day: where both ends of a day in UTC agree, so do all minutes between them.
 */
function offsetMs(atMs: number, timeZone: string): number {
  const offsetOf = zoneOf(timeZone);
  const first = Math.floor(atMs / dayMs) * minutesPerDay;
  const before = offsetOf(first);
  return before === offsetOf(first + minutesPerDay) ? before : offsetOf(Math.floor(atMs / minuteMs));
}

/** The wall clock of an instant, as if it were UTC. Epoch milliseconds. */
const wallMs = (atMs: number, timeZone: string): number => atMs + offsetMs(atMs, timeZone);

function intlWallMs(atMs: number, format: Intl.DateTimeFormat): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(atMs)) parts[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  return Date.parse(`${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export const localDay = (atMs: number, timeZone: string): LocalDay => utcDay(wallMs(atMs, timeZone));

/** The wall-clock time `HH:MM` of an instant. */
export const localTime = (atMs: number, timeZone: string): LocalTime =>
  toInstant(wallMs(atMs, timeZone)).slice(11, 16);

/** The hour that the wall clock shows, 0 to 23. */
export const localHour = (atMs: number, timeZone: string): number =>
  new Date(wallMs(atMs, timeZone)).getUTCHours();

const instants = new Map<string, number>();

/**
 * The instant of a wall-clock time, epoch milliseconds; of a time that comes twice in autumn, the first.
 * Throws LocalTimeDoesNotExist for one that the clocks skip in spring.
 */
export const instantOf = (day: LocalDay, time: LocalTime, timeZone: string): number =>
  remembered(instants, `${timeZone} ${day} ${time}`, () => firstInstant(day, time, timeZone));

function firstInstant(day: LocalDay, time: LocalTime, timeZone: string): number {
  const wanted = utcMs(day) + Date.parse(`1970-01-01T${time}:00Z`);
  // The offset before and after a change of the clocks: one of them is the right one.
  const offsets = [wanted - dayMs, wanted + dayMs].map((ms) => wallMs(ms, timeZone) - ms);
  const candidates = offsets.map((offset) => wanted - offset).filter((ms) => wallMs(ms, timeZone) === wanted);
  if (candidates.length === 0) {
    const shown = toInstant(wallMs(wanted - (offsets[0] ?? 0), timeZone));
    throw new LocalTimeDoesNotExist(day, time, timeZone, `${shown.slice(0, 10)} ${shown.slice(11, 16)}`);
  }
  return Math.min(...candidates);
}

/** `instantOf`, but a time that the clocks skip is the one that they show instead: nothing is left out for it. */
export function shownAt(day: LocalDay, time: LocalTime, timeZone: string): number {
  try {
    return instantOf(day, time, timeZone);
  } catch (error) {
    if (!(error instanceof LocalTimeDoesNotExist)) throw error;
    const [other = day, shown = time] = error.instead.split(' ');
    return instantOf(other, shown, timeZone);
  }
}
