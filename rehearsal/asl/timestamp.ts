/** ISO 8601 in the profile of the Timestamp field: date, "T", time, offset of at most 18 hours, as Java reads it. */

import type { Json } from '#domain/json.ts';

const extendedOffsetDateTime =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-7]):[0-5]\d|[+-]18:00)$/;

export function isTimestamp(value: Json): value is string {
  const [, day] = typeof value === 'string' ? (extendedOffsetDateTime.exec(value) ?? []) : [];
  return day !== undefined && isDay(day);
}

/** `Date` takes the 30th of February for the 1st of March. */
function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}
