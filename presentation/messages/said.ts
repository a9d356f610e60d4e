/** What a member of a fact says that came as JSON: from an API that may be newer than whoever reads it. */
import { say } from '#domain/coded.ts';
import type { CauseTexts } from './causes.ts';

/** The set that a member's codes are of; of a reason with a cause, that of the cause. */
const setOf: Readonly<Record<string, keyof CauseTexts>> = {
  'release.closed/reason': 'closings',
  'phase.closed/reason': 'causes',
  'observation.concluded/reason': 'causes',
  'gate.decided/reason': 'causes',
  'rollback.chosen/reason': 'causes',
  'observation.frozen/blind': 'blindSpots',
  'item.ticked/evidence': 'evidences',
  'gate.late/waitsFor': 'needs',
  'message.held/reason': 'delays',
  'message.skipped/reason': 'omissions',
  'message.cancelled/reason': 'omissions',
  'report.skipped/reason': 'omissions',
  'report.cancelled/reason': 'omissions',
  'incident.opened/title': 'titles',
  'task.opened/title': 'tasks',
};

interface AnyCode {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}
const isCode = (value: unknown): value is AnyCode =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'params' in value &&
  typeof value.params === 'object';

/** Nothing for a member of another kind; a code that is not known is shown as it is. */
export function saidOf(says: CauseTexts, type: string, member: string, value: unknown): string {
  const coded = typeof value === 'object' && value !== null && 'cause' in value ? value.cause : value;
  const set = setOf[`${type}/${member}`];
  if (set === undefined || !isCode(coded)) return '';
  const sayings: Readonly<Record<string, (params: never) => string>> = says[set];
  return Object.hasOwn(sayings, coded.code) ? say(sayings, coded as never) : coded.code;
}
