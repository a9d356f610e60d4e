/**
 * Whether a user has access to the new version, for a product that does not ask AppConfig. From the formula and the exposure
 * that a release has decided; the audience is not asked, so the answer says nothing about who is a user.
 */

import * as z from 'zod';
import { bucketCount, bucketOf, cohortSeed, isExposed } from '#domain/plan/exposure-buckets.ts';
import { present } from '#domain/present.ts';
import { Actor } from '../contracts/actor.ts';
import { Percent, ReleaseId, UserId } from '../contracts/identity.ts';
import { permitted } from '../runtime/permission.ts';

export const checkAccess = permitted({
  name: 'check-access',
  needs: ['reader'],
  input: z.strictObject({ actor: Actor, userId: UserId }),
  output: z.strictObject({
    userId: UserId,
    exposed: z.boolean(),
    bucket: z
      .int()
      .min(0)
      .max(bucketCount - 1),
    percent: Percent,
    /** The release that decided it; none has before the first. */
    release: ReleaseId.exactOptional(),
  }),
  run: async ({ userId }, { plan, sha256, reader }) => {
    const bucket = bucketOf(sha256, cohortSeed(plan.product), userId);
    const { percent, releaseId } = (await reader.access(plan.product)) ?? { percent: 0 };
    return {
      userId,
      bucket,
      percent,
      exposed: isExposed(bucket, percent),
      ...present({ release: releaseId }),
    };
  },
});
