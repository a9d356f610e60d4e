/**
 * What keeps a release from going on, though never from going back: a pause, a version found bad, a critical or major incident
 * that is not resolved, a freeze window.
 */

import type { Blocker } from '../ledger/causes.ts';
import type { Release } from '../ledger/records.ts';
import { toInstant } from '../plan/calendar.ts';
import { freezeOf } from '../plan/freeze-windows.ts';
import type { FreezeWindow, Plan } from '../plan/plan.ts';
import { stoppingIncident } from './grave-incidents.ts';

export interface Blocking {
  readonly cause: Blocker;
  /** When it ends by itself. Epoch milliseconds. */
  readonly untilMs?: number;
}
/** `phase`: the one that is to go on. */
type Rule = (plan: Plan, release: Release, phase: string, nowMs: number) => Blocking | undefined;

/** What keeps a phase from giving access and from being promoted. */
export const blockingOf: Rule = (plan, release, phase, nowMs) =>
  standing(release) ?? incident(release) ?? frozen(plan, plan.freezes, release, phase, nowMs);

/** What keeps a phase from starting. An incident does not: the phase may be the one that corrects it. */
export const startBlocking: Rule = (plan, release, phase, nowMs) =>
  standing(release) ?? frozen(plan, plan.freezes, release, phase, nowMs);

/** What keeps dated messages from going while this phase is under way. A freeze does only where it says so. */
export const announcementBlocking: Rule = (plan, release, phase, nowMs) => {
  const freezes = plan.freezes.filter(({ announcements }) => announcements);
  return standing(release) ?? incident(release) ?? frozen(plan, freezes, release, phase, nowMs);
};

/** What somebody has said of the release. */
function standing({ paused, version, badVersion }: Release): Blocking | undefined {
  if (paused) return { cause: { code: 'paused', params: {} } };
  return badVersion === version ? { cause: { code: 'bad-version', params: { version } } } : undefined;
}

function incident(release: Release): Blocking | undefined {
  const params = stoppingIncident(release);
  return params && { cause: { code: 'incident', params } };
}

function frozen(
  { timeZone }: Plan,
  freezes: readonly FreezeWindow[],
  release: Release,
  phase: string,
  nowMs: number,
): Blocking | undefined {
  const freeze = freezeOf({ freezes, timeZone }, release, phase, nowMs);
  if (!freeze) return undefined;
  const { window, toMs } = freeze;
  return {
    cause: { code: 'freeze', params: { freeze: window.id, until: toInstant(toMs) } },
    untilMs: toMs,
  };
}
