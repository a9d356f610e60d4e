/** Texts of the command line into values; each refusal names the value, what is allowed and what to do. */
import { BadInput } from './exit.ts';

export function wholeNumber(option: string, min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new BadInput(
      `${option} is "${text}": it must be a whole number from ${min} to ${max}; write for example ${option} ${Math.max(min, 1)}`,
    );
  };
}

export function calendarDay(option: string): (text: string) => string {
  return (text) => {
    const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
    // Date.parse takes 30 February for 2 March.
    if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)) return text;
    throw new BadInput(
      `${option} is "${text}": it must be a date of the calendar as YYYY-MM-DD; write for example ${option} 2025-05-18`,
    );
  };
}

export function oneOf<const T extends string>(option: string, allowed: readonly T[]): (text: string) => T {
  return (text) => {
    const found = allowed.find((candidate) => candidate === text);
    if (found !== undefined) return found;
    throw new BadInput(
      `${option} is "${text}": it must be one of ${allowed.join(', ')}; write for example ${option} ${allowed[0] ?? ''}`,
    );
  };
}
