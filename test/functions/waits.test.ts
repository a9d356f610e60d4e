/** Arm and settle under races, repeats and crashes: one answer, sent until it has arrived. */

import { describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { arm, settle } from '#application/waits.ts';
import { WaitClosed } from '#domain/errors.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { SimulatedSchedules } from '#rehearsal/world/cloud.ts';
import { MemoryWaitStore } from '#rehearsal/world/wait-store.ts';
import { scheduleName } from '#test/support/hashed.ts';

function bench(succeed: (token: string, output: unknown) => void = () => {}) {
  const clock = new VirtualClock(Date.parse('2025-05-18T07:00:00Z'));
  const waits = new MemoryWaitStore();
  const sent: unknown[] = [];
  const logged: string[] = [];
  const schedules = new SimulatedSchedules(clock, () => {});
  const tasks: Pick<Ports['tasks'], 'succeed'> = {
    succeed: async (token, output) => {
      succeed(token, output);
      sent.push([token, output]);
    },
  };
  const ports = {
    clock,
    waits,
    schedules,
    tasks,
    log: { write: (code: string) => void logged.push(code) },
    sha256,
    sayRefusal,
  };
  return { ports: ports as unknown as Ports, waits, schedules, sent, logged };
}
const wanted = {
  releaseId: 'r1',
  phase: 'staging',
  attempt: 1,
  kind: 'gate',
  token: 't1',
  everyMinutes: 60,
} as const;

describe('settle', () => {
  it('sends one answer when two decide at once, the first', async () => {
    const { ports, sent } = bench();
    const wait = await arm(ports, wanted);
    const won = await Promise.all([
      settle(ports, wait, { outcome: 'promote' }),
      settle(ports, wait, { outcome: 'hold' }),
    ]);
    expect(won).toEqual([true, false]);
    expect(new Set(sent.map((one) => JSON.stringify(one)))).toEqual(
      new Set(['["t1",{"outcome":"promote"}]']),
    );
  });

  it('sends the stored answer again when the sender died before it was sent', async () => {
    let crashes = 1;
    const { ports, sent, waits } = bench(() => {
      crashes -= 1;
      if (crashes === 0) throw new Error('died');
    });
    const wait = await arm(ports, wanted);
    await expect(settle(ports, wait, { outcome: 'promote' })).rejects.toThrow('died');
    expect((await waits.get('r1', wait.waitId))?.status).toBe('settling');
    expect(await settle(ports, wait, { outcome: 'hold' })).toBe(false);
    expect(sent).toEqual([['t1', { outcome: 'promote' }]]);
    expect((await waits.get('r1', wait.waitId))?.status).toBe('settled');
  });

  it('is done when the workflow no longer waits', async () => {
    const { ports, logged, waits } = bench(() => {
      throw new WaitClosed(undefined);
    });
    const wait = await arm(ports, wanted);
    await settle(ports, wait, {});
    expect(logged).toEqual(['WAIT_ALREADY_CLOSED']);
    expect((await waits.get('r1', wait.waitId))?.status).toBe('settled');
  });

  it('ignores an answer to an older epoch', async () => {
    const { ports, sent } = bench();
    const old = await arm(ports, wanted);
    const fresh = await arm(ports, { ...wanted, token: 't2' });
    expect([old.epoch, fresh.epoch]).toEqual([1, 2]);
    expect(await settle(ports, old, { outcome: 'promote' })).toBe(false);
    expect(sent).toEqual([]);
    expect(await settle(ports, fresh, { outcome: 'promote' })).toBe(true);
    expect(sent).toEqual([['t2', { outcome: 'promote' }]]);
  });

  it('removes the schedules of the wait', async () => {
    const { ports, schedules } = bench();
    const wait = await arm(ports, { ...wanted, wakeAtMs: ports.clock.nowMs() + 1000 });
    expect(await schedules.names('r1')).toHaveLength(2);
    await settle(ports, wait, {});
    expect(await schedules.names('r1')).toEqual([]);
  });
});

describe('scheduleName', () => {
  it.each([
    [
      'short',
      { releaseId: 'technicia-2025-05-18', waitId: 'staging.1.gate' },
      'technicia-2025-05-18.staging.1.gate.tick',
    ],
  ])('keeps a name that fits: a %s one', (_title, wait, name) =>
    expect(scheduleName(wait, 'tick')).toBe(name),
  );

  it('fits a long one into the 64 characters of EventBridge Scheduler, and tells two apart', () => {
    const long = (end: string) => ({
      releaseId: 'technicia-2025-05-18',
      waitId: `production-100.1.script.restore-version.${end}`,
    });
    const [a, b] = [scheduleName(long('deploy-a'), 'tick'), scheduleName(long('deploy-b'), 'tick')];
    expect(a).toHaveLength(64);
    expect(a).not.toBe(b);
  });
});
