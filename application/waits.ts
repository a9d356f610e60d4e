/** Arm and settle: how a parked token gets its one answer. The protocol is told in `domain/rules/wait.ts`. */

import { WaitClosed } from '#domain/errors.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import type { Blocking } from '#domain/rules/blockers.ts';
import { type Wait, type WaitKind, waitIdOf } from '#domain/rules/wait.ts';
import type { Sha256 } from '#domain/sha256.ts';
import { dayMs } from '#domain/time.ts';
import { scheduleNameOf } from './aws-names.ts';
import type { With } from './port-groups.ts';

/** A wait that only a person's answer ends, or what looks at it for other reasons. */
export interface Parked {
  readonly releaseId: string;
  readonly phase: string;
  readonly attempt: number;
  readonly kind: WaitKind;
  readonly token: string;
  /** What tells two waits of one kind in one phase apart: a script, a level. */
  readonly name?: string;
  /** For a script: the command it runs as. */
  readonly reference?: string;
}
export interface WaitFor extends Parked {
  /** Wakes the review at this instant. */
  readonly wakeAtMs?: number;
  /** Wakes the review again and again; at most 180 days. */
  readonly everyMinutes?: number;
}

const daysMax = 180;

export function scheduleName(
  sha256: Sha256,
  wait: Pick<Wait, 'releaseId' | 'waitId'>,
  target: 'tick' | 'date',
): string {
  return scheduleNameOf(sha256, `${wait.releaseId}.${wait.waitId}.${target}`);
}

/** Parks the token; nothing wakes it. */
export const park = (
  { waits, clock }: With<'waits'>,
  { name, ...wanted }: Parked,
  wakeAtMs?: number,
): Promise<Wait> =>
  waits.arm({
    ...wanted,
    waitId: waitIdOf(wanted.phase, wanted.attempt, wanted.kind, name),
    armedAt: toInstant(clock.nowMs()),
    ...(wakeAtMs === undefined ? {} : { deadlineAt: toInstant(wakeAtMs) }),
  });

/** Parks the token, then creates what will wake it: a wake-up without a wait is ignored, a wait without one is not. */
export async function arm(ports: With<'waits' | 'schedules'>, wanted: WaitFor): Promise<Wait> {
  const { wakeAtMs, everyMinutes, ...parked } = wanted;
  const nowMs = ports.clock.nowMs();
  const wait = await park(ports, parked, wakeAtMs);
  if (wakeAtMs !== undefined && wakeAtMs > nowMs) await wakeAt(ports, wait, wakeAtMs);
  if (everyMinutes !== undefined) {
    await ports.schedules.put({
      name: scheduleName(ports.sha256, wait, 'tick'),
      when: { everyMinutes, untilMs: nowMs + daysMax * dayMs },
      target: 'tick',
      input: { releaseId: wait.releaseId, waitId: wait.waitId, epoch: wait.epoch },
    });
  }
  return wait;
}

/** Wakes the review of a wait at an instant, or at another than was planned. Epoch milliseconds. */
export async function wakeAt(ports: With<'schedules'>, wait: Wait, atMs: number): Promise<void> {
  const { releaseId, waitId, epoch } = wait;
  await ports.schedules.put({
    name: scheduleName(ports.sha256, wait, 'date'),
    when: { atMs },
    target: 'date',
    input: { kind: 'wait', releaseId, waitId, epoch },
  });
}

/** Gives the wait its answer unless it has one; sends the answer it has. Answers whether this call decided it. */
export async function settle(
  ports: With<'waits' | 'schedules' | 'tasks'>,
  wait: Wait,
  answer: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { won, wait: current } = await ports.waits.settle(wait, answer);
  if (!current || current.epoch !== wait.epoch || current.status !== 'settling') return false;
  try {
    await ports.tasks.succeed(current.token, current.answer ?? answer);
  } catch (error) {
    if (!(error instanceof WaitClosed)) throw error;
    ports.log.write('WAIT_ALREADY_CLOSED', { releaseId: wait.releaseId, waitId: wait.waitId });
  }
  await ports.waits.close(current, 'settled');
  await forgetSchedules(ports, wait);
  return won;
}

/** `settle`, unless something blocks it: then it is looked at again when that ends by itself. */
export async function settleUnlessBlocked(
  ports: With<'waits' | 'schedules' | 'tasks'>,
  wait: Wait,
  blocking: Blocking | undefined,
  answer: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!blocking) await settle(ports, wait, answer);
  else if (blocking.untilMs !== undefined) await wakeAt(ports, wait, blocking.untilMs);
}

/** Nobody will answer any more: the phase was left another way. */
export async function cancelWaits(
  ports: With<'waits' | 'schedules'>,
  releaseId: string,
  which: (wait: Wait) => boolean = () => true,
): Promise<void> {
  for (const wait of await ports.waits.open(releaseId)) {
    if (!which(wait)) continue;
    await ports.waits.close(wait, 'cancelled');
    await forgetSchedules(ports, wait);
  }
}

async function forgetSchedules(ports: With<'schedules'>, wait: Wait): Promise<void> {
  for (const target of ['tick', 'date'] as const)
    await ports.schedules.remove(scheduleName(ports.sha256, wait, target));
}
