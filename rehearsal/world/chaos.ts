/**
 * What can go wrong between services: events doubled, late, reordered or lost (only those that AWS calls best effort),
 * and a handler that dies between any two calls to a port.
 */
import type { Ports } from '#application/ports/ports.ts';
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

const untouched = new Set(['plan', 'clock', 'log']);

/** The same ports, any call of which may be the last thing that the handler does. */
export function crashing(ports: Ports, chance: Luck, probability: number): Ports {
  if (probability === 0) return ports;
  const entries = Object.entries(ports).map(([name, port]) => [
    name,
    untouched.has(name)
      ? port
      : new Proxy(port, { get: (target, member) => dying(target, member, chance, probability) }),
  ]);
  return Object.fromEntries(entries) as Ports;
}

function dying(target: object, member: string | symbol, chance: Luck, probability: number): unknown {
  const value: unknown = Reflect.get(target, member);
  if (typeof value !== 'function') return value;
  return async (...given: readonly unknown[]) => {
    if (chance.happens(probability / 2)) throw new Crash(`died before ${String(member)}`);
    const answer: unknown = await Reflect.apply(value, target, given);
    if (chance.happens(probability / 2)) throw new Crash(`died after ${String(member)}`);
    return answer;
  };
}
