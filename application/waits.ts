/** Arm and settle: how a parked token gets its one answer. The protocol is told in `domain/rules/wait.ts`. */

import { WaitClosed } from '#domain/errors.ts';
import { toInstant } from '#domain/plan/calendar.ts';
import type { Brake } from '#domain/rules/blockers.ts';
import { type Wait, type WaitKind, waitIdOf } from '#domain/rules/wait.ts';
import { scheduleNameOf } from './aws-names.ts';
import type { Ports } from './ports/ports.ts';

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

export function scheduleName(wait: Pick<Wait, 'releaseId' | 'waitId'>, target: 'tick' | 'date'): string {
  return scheduleNameOf(`${wait.releaseId}.${wait.waitId}.${target}`);
}

/** Parks the token; nothing wakes it. */
export const park = (
  { waits, clock }: Pick<Ports, 'waits' | 'clock'>,
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
export async function arm(
  { waits, schedules, clock }: Pick<Ports, 'waits' | 'schedules' | 'clock'>,
  wanted: WaitFor,
): Promise<Wait> {
  const { wakeAtMs, everyMinutes, ...parked } = wanted;
  const nowMs = clock.nowMs();
  const wait = await park({ waits, clock }, parked, wakeAtMs);
  if (wakeAtMs !== undefined && wakeAtMs > nowMs) await wakeAt({ schedules }, wait, wakeAtMs);
  if (everyMinutes !== undefined) {
    await schedules.put({
      name: scheduleName(wait, 'tick'),
      when: { everyMinutes, untilMs: nowMs + daysMax * 86_400_000 },
      target: 'tick',
      input: { releaseId: wait.releaseId, waitId: wait.waitId, epoch: wait.epoch },
    });
  }
  return wait;
}

/** Wakes the review of a wait at an instant, or at another than was planned. Epoch milliseconds. */
export async function wakeAt(
  { schedules }: Pick<Ports, 'schedules'>,
  wait: Wait,
  atMs: number,
): Promise<void> {
  const { releaseId, waitId, epoch } = wait;
  await schedules.put({
    name: scheduleName(wait, 'date'),
    when: { atMs },
    target: 'date',
    input: { kind: 'wait', releaseId, waitId, epoch },
  });
}

/** Gives the wait its answer unless it has one; sends the answer it has. Answers whether this call decided it. */
export async function settle(
  ports: Pick<Ports, 'waits' | 'schedules' | 'tasks' | 'log'>,
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

/** `settle`, unless a brake is on: then it is looked at again when that ends by itself. */
export async function settleUnlessBraked(
  ports: Pick<Ports, 'waits' | 'schedules' | 'tasks' | 'log'>,
  wait: Wait,
  brake: Brake | undefined,
  answer: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (!brake) await settle(ports, wait, answer);
  else if (brake.untilMs !== undefined) await wakeAt(ports, wait, brake.untilMs);
}

/** Nobody will answer any more: the phase was left another way. */
export async function cancelWaits(
  ports: Pick<Ports, 'waits' | 'schedules'>,
  releaseId: string,
  which: (wait: Wait) => boolean = () => true,
): Promise<void> {
  for (const wait of await ports.waits.open(releaseId)) {
    if (!which(wait)) continue;
    await ports.waits.close(wait, 'cancelled');
    await forgetSchedules(ports, wait);
  }
}

async function forgetSchedules({ schedules }: Pick<Ports, 'schedules'>, wait: Wait): Promise<void> {
  await schedules.remove(scheduleName(wait, 'tick'));
  await schedules.remove(scheduleName(wait, 'date'));
}
