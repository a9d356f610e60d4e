/** What a schedule carries: which wait it wakes, and of which epoch. */
import * as z from 'zod';
import { Name, ReleaseId } from './identity.ts';

const Epoch = z.number().int().min(1);
export const WaitWakeUp = z.strictObject({ releaseId: ReleaseId, waitId: Name, epoch: Epoch });
export const DateWakeUp = z.discriminatedUnion('kind', [
  WaitWakeUp.extend({ kind: z.literal('wait') }),
  z.strictObject({ kind: z.literal('report'), releaseId: ReleaseId, report: Name, epoch: Epoch }),
  z.strictObject({ kind: z.literal('message'), releaseId: ReleaseId, message: Name, epoch: Epoch }),
]);
