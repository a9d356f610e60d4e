/**
 * What can go wrong between services: events doubled, late, reordered or lost (only those that AWS calls best effort),
 * and a handler that dies between any two calls to a port.
 */
import type { Ports } from '#application/ports/ports.ts';
import { around } from './around.ts';
import type { Chance } from './chance.ts';

export interface Chaos {
  /** Probabilities, 0 to 1. */
  readonly duplicate: number;
  /** Of an event that AWS delivers "best effort". */
  readonly drop: number;
  /** Of each call to a port: the handler dies before it. */
  readonly crash: number;
  /** Events come up to this late, and therefore out of order. */
  readonly delaySecondsMax: number;
}
export const calm: Chaos = { duplicate: 0, drop: 0, crash: 0, delaySecondsMax: 0 };

/** What Step Functions is told of a function whose process died. */
export class Crash extends Error {
  override readonly name = 'Lambda.Unknown';
}

/** Whether something happens that has this probability. */
type Luck = Pick<Chance, 'happens'>;

/** The same ports, any call of which may be the last thing that the handler does. */
export function crashing(ports: Ports, chance: Luck, probability: number): Ports {
  if (probability === 0) return ports;
  return around(ports, async ({ method }, go) => {
    if (chance.happens(probability / 2)) throw new Crash(`died before ${method}`);
    const answer = await go();
    if (chance.happens(probability / 2)) throw new Crash(`died after ${method}`);
    return answer;
  });
}
