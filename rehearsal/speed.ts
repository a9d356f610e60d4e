/** How fast a served rehearsal goes: so much virtual time in so much real time, written `1d/10s`. */
import { InvalidInput } from '#domain/errors.ts';
import { dayMs, hourMs, minuteMs } from '#domain/time.ts';

export interface Speed {
  /** As it was written. */
  readonly text: string;
  /** Virtual milliseconds in one real millisecond; 0: the clock stands still. */
  readonly factor: number;
}

const unitMs = { s: 1000, m: minuteMs, h: hourMs, d: dayMs } as const;
/** Faster than the world can be worked out on any machine. */
const factorMax = (30 * unitMs.d) / unitMs.s;

export const stopped: Speed = { text: 'stopped', factor: 0 };

/** Throws InvalidInput. */
export function speedOf(text: string): Speed {
  if (text === stopped.text) return stopped;
  const [, virtual, virtualUnit, real, realUnit] = /^(\d{1,4})([smhd])\/(\d{1,4})([smh])$/.exec(text) ?? [];
  const factor = durationMs(virtual, virtualUnit) / durationMs(real, realUnit);
  if (Number.isFinite(factor) && factor > 0 && factor <= factorMax) return { text, factor };
  throw new InvalidInput({ code: 'speed-malformed', params: { speed: text } });
}

const durationMs = (amount = '', unit = ''): number =>
  unit in unitMs ? Number(amount) * unitMs[unit as keyof typeof unitMs] : Number.NaN;

/** A length of virtual time such as `2d` or `6h`. Throws InvalidInput. */
export function lengthMs(text: string, maxMs: number): number {
  const [, amount, unit] = /^(\d{1,4})([smhd])$/.exec(text) ?? [];
  const ms = durationMs(amount, unit);
  if (ms > 0 && ms <= maxMs) return ms;
  throw new InvalidInput({ code: 'length-malformed', params: { length: text, daysMax: maxMs / unitMs.d } });
}
