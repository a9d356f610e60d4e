/** Names that AWS limits: a longer one keeps its beginning and is told apart by its hash. */
import { createHash } from 'node:crypto';

/** Of EventBridge Scheduler, in characters. */
const scheduleMax = 64;
/** Of Step Functions, in characters; the log knows only letters, digits, `-` and `_` in them. */
const executionMax = 80;
const hashDigits = 16;

export const scheduleNameOf = (name: string): string => shortened(name, scheduleMax, '.');

/** The nth execution of one purpose; two underscores, because one joins the parts of what is being named. */
export const executionNameOf = (name: string, nth: number): string =>
  shortened(nth === 1 ? name : `${name}__${nth}`, executionMax, '_');

function shortened(name: string, max: number, separator: string): string {
  if (name.length <= max) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashDigits);
  return `${name.slice(0, max - hashDigits - separator.length)}${separator}${hash}`;
}
