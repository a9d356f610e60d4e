/** What may still happen to a release that has ended. */
import type { Fact } from './facts.ts';

/** What may still happen to a release that has ended, besides to its incidents and tasks. */
const afterEnd: readonly Fact['type'][] = [
  'message.sent',
  'message.recounted',
  'access.withdrawn',
  'version.marked-bad',
  // What was being switched when it ended: `exposure.changing`, before it, is refused.
  'exposure.changed',
  'component.switched',
];
export const mayFollowEnd = (type: Fact['type']): boolean =>
  /^(incident|task)\./.test(type) || afterEnd.includes(type);
