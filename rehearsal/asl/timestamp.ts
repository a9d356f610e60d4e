/** ISO 8601 in the profile of the Timestamp field: date, "T", time, offset. */

import type { Json } from '#domain/json.ts';

const extendedOffsetDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

export const isTimestamp = (value: Json): value is string =>
  typeof value === 'string' && extendedOffsetDateTime.test(value) && !Number.isNaN(Date.parse(value));
