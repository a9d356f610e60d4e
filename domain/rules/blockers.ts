/** What keeps a release from going on, though never from going back: a pause, a version found bad, a freeze window. */

import type { Blocker } from '../ledger/causes.ts';
import type { Release } from '../ledger/records.ts';
import { toInstant } from '../plan/calendar.ts';
import { freezeOf } from '../plan/freeze-windows.ts';
import type { FreezeWindow, Plan } from '../plan/plan.ts';

export interface Blocking {
  readonly cause: Blocker;
  /** When it ends by itself. Epoch milliseconds. */
  readonly untilMs?: number;
}

/** What keeps a phase from starting, from giving access and from being promoted. */
export const blockingOf = (
  plan: Plan,
  release: Release,
  phase: string,
  nowMs: number,
): Blocking | undefined => blockingIn(plan.freezes, plan, release, phase, nowMs);

/** What keeps dated messages from going while this phase is under way. A freeze does only where it says so. */
export const announcementBlocking = (
  plan: Plan,
  release: Release,
  phase: string,
  nowMs: number,
): Blocking | undefined =>
  blockingIn(
    plan.freezes.filter(({ announcements }) => announcements),
    plan,
    release,
    phase,
    nowMs,
  );

function blockingIn(
  freezes: readonly FreezeWindow[],
  { timeZone }: Plan,
  release: Release,
  phase: string,
  nowMs: number,
): Blocking | undefined {
  if (release.paused) return { cause: { code: 'paused', params: {} } };
  const { version } = release;
  if (release.badVersion === version) return { cause: { code: 'bad-version', params: { version } } };
  const freeze = freezeOf({ freezes, timeZone }, release, phase, nowMs);
  if (!freeze) return undefined;
  const { window, toMs } = freeze;
  return {
    cause: { code: 'freeze', params: { freeze: window.id, until: toInstant(toMs) } },
    untilMs: toMs,
  };
}
