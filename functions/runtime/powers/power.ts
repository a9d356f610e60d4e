/**
 * What stands behind a power on AWS: a file per power, each with a function `provide`, set by variables of the environment.
 * `powers.ts` is the table of them; `lib/powers.ts` has the same names: there each gets its variables and its permissions.
 */
import type { BasePorts } from '#application/port-groups.ts';
import type { Ports } from '#application/ports/ports.ts';

export type Provide<P extends keyof Ports> = (base: BasePorts) => Ports[P];
