/** What roles of the team are told. */
import type { Severity } from '../plan/plan.ts';

export const noticeKinds = ['incident', 'verdict', 'gate', 'reminder', 'report'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
/** What roles of the team are told, in the plan's language. */
export interface Notice {
  readonly releaseId: string;
  readonly kind: NoticeKind;
  /** Id of the phase, incident, task or report that it is about. */
  readonly about: string;
  readonly roles: readonly string[];
  readonly severity?: Severity;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}
