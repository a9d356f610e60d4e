/** What keeps a release from going on, though never from going back: a pause, a version found bad, a freeze window. */

import type { Release } from '../ledger/records.ts';
import { toInstant } from '../plan/calendar.ts';
import { freezeOf } from '../plan/freeze-windows.ts';
import type { Plan } from '../plan/plan.ts';

export interface Brake {
  /** Completes "it waits: …". */
  readonly why: string;
  /** When it ends by itself. Epoch milliseconds. */
  readonly untilMs?: number;
}

export function brakeOn(plan: Plan, release: Release, phase: string, nowMs: number): Brake | undefined {
  if (release.paused) return { why: 'the release is paused' };
  if (release.condemned === release.version) return { why: `version ${release.version} was found to be bad` };
  const freeze = freezeOf(plan, release, phase, nowMs);
  if (!freeze) return undefined;
  return { why: `freeze "${freeze.window.name}" until ${toInstant(freeze.toMs)}`, untilMs: freeze.toMs };
}
