/** Reading in pages: how many, after what. Of a query, hence texts. */
import * as z from 'zod';
import type { ValueShape } from '#domain/refusals/contract.ts';
import { ReleaseId } from './identity.ts';

/** How many of a list are wanted, at most 50. */
export const Limit = z
  .string()
  .regex(/^([1-9]|[1-4]\d|50)$/, 'page-limit' satisfies ValueShape)
  .transform(Number);

/** A sequence number after which to go on. */
export const AfterSeq = z
  .string()
  .regex(/^\d{1,15}$/, 'sequence-number' satisfies ValueShape)
  .transform(Number);

const Place = z.tuple([z.iso.datetime(), ReleaseId]);

/**
 * A place in a list by time, opaque to callers. It says nothing but where to go on: one that was altered is another place in
 * the same list, or refused.
 */
export const Cursor = z
  .string()
  .max(100)
  .regex(/^[\w-]*$/, 'cursor' satisfies ValueShape)
  .transform((text) => Buffer.from(text, 'base64url').toString('latin1'))
  .refine((place) => Place.safeParse(place.split('#')).success, 'cursor' satisfies ValueShape);

export const cursorOf = (place: string): string => Buffer.from(place, 'latin1').toString('base64url');
