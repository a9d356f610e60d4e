/** JSON values as Step Functions holds them, and their size. */

import type { Json, JsonObject } from '#domain/json.ts';
import { payloadBytesMax } from './limits.ts';

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name AWS gives a type in its messages. */
export function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const isTooLargeText = (text: string): boolean =>
  // One UTF-16 unit takes three bytes at most, so most texts need no counting.
  text.length * 3 > payloadBytesMax && Buffer.byteLength(text) > payloadBytesMax;

export const isTooLarge = (value: Json): boolean => isTooLargeText(JSON.stringify(value));

/**
 * A copy of what crosses the edge of the engine, as if it had travelled as text: neither side can change the
 * other's data afterwards, and what is not JSON (undefined, dates, class instances) becomes what JSON makes
 * of it.
 */
export function crossing(value: unknown): { readonly value: Json; readonly tooLarge: boolean } {
  const text = JSON.stringify(value ?? null) ?? 'null';
  return { value: JSON.parse(text) as Json, tooLarge: isTooLargeText(text) };
}
