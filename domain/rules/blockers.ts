/** What keeps a release from going on, though never from going back: a pause, a version found bad, a freeze window. */

import type { Blocker } from '../ledger/causes.ts';
import type { Release } from '../ledger/records.ts';
import { toInstant } from '../plan/calendar.ts';
import { freezeOf } from '../plan/freeze-windows.ts';
import type { Plan } from '../plan/plan.ts';

export interface Blocking {
  readonly cause: Blocker;
  /** When it ends by itself. Epoch milliseconds. */
  readonly untilMs?: number;
}

export function blockingOf(plan: Plan, release: Release, phase: string, nowMs: number): Blocking | undefined {
  if (release.paused) return { cause: { code: 'paused', params: {} } };
  const { version } = release;
  if (release.badVersion === version) return { cause: { code: 'bad-version', params: { version } } };
  const freeze = freezeOf(plan, release, phase, nowMs);
  if (!freeze) return undefined;
  const { window, toMs } = freeze;
  return {
    cause: { code: 'freeze', params: { freeze: window.id, until: toInstant(toMs) } },
    untilMs: toMs,
  };
}
