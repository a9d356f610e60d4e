/**
 * What stands behind a power on AWS: a file per power, each with a function `provide`, set by variables of the environment.
 * `lib/powers.ts` has the same names: there each gets its variables and its permissions. A function's bundle holds the powers
 * of its definition and no others.
 */
import type { BasePorts } from '#application/port-groups.ts';
import type { Ports } from '#application/ports/ports.ts';

export type Provide<P extends keyof Ports> = (base: BasePorts) => Ports[P];
