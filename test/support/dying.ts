/** Handlers whose process dies once, at each call to a port in turn, and that are tried again as AWS tries again. */
import type { Ports } from '#application/ports/ports.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { Crash, crashing } from '#rehearsal/world/chaos.ts';
import { OneDeath } from './one-death.ts';

/** Before the first time that they try again (Lambda an event, Step Functions a state), or nobody ever does. */
export const lambdaWaitsMs = 60_000;
export const stepWaitsMs = 2_000;
export const never = Number.POSITIVE_INFINITY;

/**
 * `scene` makes the ports anew for each death; `event` goes to the handler, and once more after it has died. Answers, by the
 * call before which it died, what `told` makes of the ports then; the last one is of a process that lived.
 */
export async function eachDeath<T>(
  definition: Definition,
  event: unknown,
  waitMs: number,
  scene: () => Promise<{ readonly ports: Ports; readonly told: () => Promise<T> }>,
): Promise<readonly T[]> {
  const ends: T[] = [];
  for (let call = 0; ; call += 1) {
    const { ports, told } = await scene();
    // There is a moment before and after each call, and after one is before the next.
    const death = new OneDeath(2 * call);
    const handler = handlerOf(definition, crashing(ports, death, 1));
    // A queue's handler answers what it could not do, others throw.
    await handler(event).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
    });
    death.revive();
    if (death.happened && waitMs !== never) {
      if (ports.clock instanceof VirtualClock) await ports.clock.runFor(waitMs);
      await handler(event);
    }
    ends.push(await told());
    if (!death.happened) return ends;
  }
}
