/** Names that AWS limits: a longer one keeps its beginning and is told apart by its hash. */
import type { Sha256 } from '#domain/sha256.ts';

/** Of EventBridge Scheduler, in characters. */
const scheduleMax = 64;
/** Of Step Functions, in characters; the log knows only letters, digits, `-` and `_` in them. */
const executionMax = 80;
const hashDigits = 16;

export const scheduleNameOf = (sha256: Sha256, name: string): string =>
  shortened(sha256, name, scheduleMax, '.');

/** The nth execution of one purpose; two underscores, because one joins the parts of what is being named. */
export const executionNameOf = (sha256: Sha256, name: string, nth: number): string =>
  shortened(sha256, nth === 1 ? name : `${name}__${nth}`, executionMax, '_');

function shortened(sha256: Sha256, name: string, max: number, separator: string): string {
  if (name.length <= max) return name;
  const hash = sha256(name).slice(0, hashDigits);
  return `${name.slice(0, max - hashDigits - separator.length)}${separator}${hash}`;
}
