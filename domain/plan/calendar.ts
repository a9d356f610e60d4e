/**
 * The plan's calendar: J+n is a date in the plan's time zone, never n × 24 hours. Pure; dates are texts, instants are
 * epoch milliseconds.
 */
import type { LocalDay, LocalTime } from './plan.ts';

/** ISO 8601 in UTC with milliseconds, for example `2025-05-18T07:00:00.000Z`. */
export type Instant = string;

const dayMs = 86_400_000;

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

const utcMs = (day: LocalDay): number => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day.slice(8)))
    throw new RangeError(`"${day}" is not a calendar date: write YYYY-MM-DD`);
  return ms;
};
const dayOf = (ms: number): LocalDay => toInstant(ms).slice(0, 10);

export const addDays = (day: LocalDay, days: number): LocalDay => dayOf(utcMs(day) + days * dayMs);

/** Days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: LocalDay, to: LocalDay): number =>
  Math.round((utcMs(to) - utcMs(from)) / dayMs);

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Offsets of all zones are multiples of a quarter of an hour and change only on one. */
const slotMs = 900_000;
const slotsMax = 20_000;
const offsets = new Map<string, number>();

/** Local time minus UTC at an instant, in milliseconds. Intl is slow, so what it said of a quarter of an hour is kept. */
function offsetMs(atMs: number, timeZone: string): number {
  const slot = Math.floor(atMs / slotMs);
  const key = `${timeZone} ${slot}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= slotsMax) offsets.clear();
  const offset = intlWallMs(slot * slotMs, timeZone) - slot * slotMs;
  offsets.set(key, offset);
  return offset;
}

/** The wall clock of an instant, as if it were UTC. Epoch milliseconds. */
const wallMs = (atMs: number, timeZone: string): number => atMs + offsetMs(atMs, timeZone);

function intlWallMs(atMs: number, timeZone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) parts[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  return Date.parse(`${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export const localDay = (atMs: number, timeZone: string): LocalDay => dayOf(wallMs(atMs, timeZone));

/** The wall-clock time `HH:MM` of an instant. */
export const localTime = (atMs: number, timeZone: string): LocalTime =>
  toInstant(wallMs(atMs, timeZone)).slice(11, 16);

/**
 * The instant of a wall-clock time, epoch milliseconds; of a time that comes twice in autumn, the first.
 * Throws LocalTimeDoesNotExist for one that the clocks skip in spring.
 */
export function instantOf(day: LocalDay, time: LocalTime, timeZone: string): number {
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
