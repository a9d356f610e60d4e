/** The input of the release machine: what a release manager types into the console or sends to the API. */
import * as z from 'zod';
import type { ValueShape } from '#domain/refusals/contract.ts';
import { Day, ReleaseId, UserId } from './identity.ts';

/** What is released, as the scripts know it. */
export const Version = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/, 'version' satisfies ValueShape);

export const ReleaseInput = z
  .strictObject({
    releaseId: ReleaseId,
    version: Version,
    /** J, in the plan's time zone. */
    launchDay: Day,
    startedBy: UserId,
  })
  .readonly();
export type ReleaseInput = z.output<typeof ReleaseInput>;
