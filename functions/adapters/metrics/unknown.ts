/** A series that could not be read, and why. */
import type { Series, UnknownCause } from '#domain/judge/series.ts';

export type Unknown = Extract<Series, { readonly kind: 'unknown' }>;

export const unknown = (cause: UnknownCause, text: string): Unknown => ({ kind: 'unknown', cause, text });
