/**
 * What stands behind a power on AWS: a file per power, each with a function `provide`, set by variables of the environment.
 * `lib/powers.ts` has the same names: there each gets its variables and its permissions. A function's bundle holds the powers
 * of its definition and no others.
 */

import type { Clock, Log, Ports } from '#application/ports/ports.ts';
import type { Plan } from '#domain/plan/plan.ts';

/** What every function has. */
export interface Always {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly log: Log;
}
export type Provide<P extends keyof Ports> = (always: Always) => Ports[P];
