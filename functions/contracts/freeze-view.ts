/** A freeze window as the API shows it, for one release. */
import * as z from 'zod';

export const FreezeView = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Absent: it stops all of them. */
  phases: z.array(z.string()).exactOptional(),
  /** It holds dated messages, too. */
  announcements: z.boolean(),
  /** Until when it lasts now. */
  until: z.string().exactOptional(),
  /** Somebody lets this release go on all the same. */
  overridden: z.boolean(),
});
