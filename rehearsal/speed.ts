/** How fast a served rehearsal goes: so much virtual time in so much real time, written `1d/10s`. */

export interface Speed {
  /** As it was written. */
  readonly text: string;
  /** Virtual milliseconds in one real millisecond; 0: the clock stands still. */
  readonly factor: number;
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Faster than the world can be worked out on any machine. */
const factorMax = (30 * unitMs.d) / unitMs.s;

export const stopped: Speed = { text: 'stopped', factor: 0 };

/** Throws RangeError with what is allowed. */
export function speedOf(text: string): Speed {
  if (text === stopped.text) return stopped;
  const [, virtual, virtualUnit, real, realUnit] = /^(\d{1,4})([smhd])\/(\d{1,4})([smh])$/.exec(text) ?? [];
  const factor = durationMs(virtual, virtualUnit) / durationMs(real, realUnit);
  if (Number.isFinite(factor) && factor > 0 && factor <= factorMax) return { text, factor };
  throw new RangeError(
    `the speed is "${text}": write virtual time / real time, such as 1d/10s or 1h/1s, at most 30d/1s, or "stopped"`,
  );
}

const durationMs = (amount = '', unit = ''): number =>
  unit in unitMs ? Number(amount) * unitMs[unit as keyof typeof unitMs] : Number.NaN;

/** A length of virtual time such as `2d` or `6h`. Throws RangeError. */
export function lengthMs(text: string, maxMs: number): number {
  const [, amount, unit] = /^(\d{1,4})([smhd])$/.exec(text) ?? [];
  const ms = durationMs(amount, unit);
  if (ms > 0 && ms <= maxMs) return ms;
  throw new RangeError(
    `the length is "${text}": write an amount and s, m, h or d, such as 6h, at most ${maxMs / unitMs.d}d`,
  );
}
