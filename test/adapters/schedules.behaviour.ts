/** What every Schedules keeps: a date comes once and never early, ticks come until their end, a name is one schedule. */
import { describe, expect, it } from 'vitest';
import type { Schedule, Schedules } from '#application/ports/workflow.ts';
import { minuteMs } from '#domain/time.ts';
import { times } from './race.ts';

export interface SchedulesBench {
  readonly schedules: Schedules;
  readonly clock: { nowMs(): number };
  /** Lets minutes pass and answers what was delivered in them. */
  pass(minutes: number): Promise<readonly Pick<Schedule, 'target' | 'input'>[]>;
}

export function describeSchedules(make: () => SchedulesBench): void {
  const date = ({ clock }: SchedulesBench, minutes: number, changes: Partial<Schedule> = {}): Schedule => ({
    name: 'r1.gate.date',
    when: { atMs: clock.nowMs() + minutes * minuteMs },
    target: 'date',
    input: { releaseId: 'r1', epoch: 2 },
    ...changes,
  });
  const tick = ({ clock }: SchedulesBench, every: number, minutes: number): Schedule => ({
    name: 'r1.gate.tick',
    when: { everyMinutes: every, untilMs: clock.nowMs() + minutes * minuteMs },
    target: 'tick',
    input: { releaseId: 'r1', epoch: 1 },
  });
  const delivered = { target: 'date', input: { releaseId: 'r1', epoch: 2 } };

  describe('a date', () => {
    it('comes once, not before its time and at most a minute late, and is gone', async () => {
      const bench = make();
      await bench.schedules.put(date(bench, 10));
      expect(await bench.pass(9)).toEqual([]);
      expect(await bench.pass(3)).toEqual([delivered]);
      expect(await bench.pass(60)).toEqual([]);
      expect(await bench.schedules.names('r1')).toEqual([]);
    });

    it.each([-60, 0])('that is %d minutes from now comes at once', async (minutes) => {
      const bench = make();
      await bench.schedules.put(date(bench, minutes));
      expect(await bench.pass(2)).toEqual([delivered]);
    });
  });

  describe('a tick', () => {
    it('comes again and again, until its end', async () => {
      const bench = make();
      await bench.schedules.put(tick(bench, 5, 17));
      const ticks = await bench.pass(20);
      // Whether there is one at once is not promised.
      expect([3, 4]).toContain(ticks.length);
      expect(ticks[0]).toEqual({ target: 'tick', input: { releaseId: 'r1', epoch: 1 } });
      expect(await bench.pass(60)).toEqual([]);
      expect(await bench.schedules.names('r1')).toEqual([]);
    });
  });

  describe('a name', () => {
    it('is one schedule: the newest, as a whole', async () => {
      const bench = make();
      await bench.schedules.put({ ...tick(bench, 5, 60), name: 'r1.gate.date' });
      await bench.schedules.put(date(bench, 10));
      await bench.schedules.put(date(bench, 20));
      expect(await bench.schedules.names('r1')).toEqual(['r1.gate.date']);
      expect(await bench.pass(19)).toEqual([]);
      expect(await bench.pass(60)).toEqual([delivered]);
    });

    it('that was removed comes no more; removing nothing is harmless', async () => {
      const bench = make();
      await bench.schedules.put(date(bench, 10));
      await bench.schedules.put(tick(bench, 5, 60));
      for (const name of ['r1.gate.date', 'r1.gate.tick', 'r1.gate.tick', 'never'])
        await bench.schedules.remove(name);
      expect(await bench.schedules.names('r1')).toEqual([]);
      expect(await bench.pass(60)).toEqual([]);
    });

    it.each(['n'.repeat(65), 'a b', 'é', ''])(
      'that EventBridge would refuse is refused: %j',
      async (name) => {
        const bench = make();
        await expect(bench.schedules.put(date(bench, 10, { name }))).rejects.toThrow();
      },
    );

    it('is found by what it begins with, 100 at most', async () => {
      const bench = make();
      for (const name of times(120, (index) => `r1.${index}`))
        await bench.schedules.put(date(bench, 10, { name }));
      await bench.schedules.put(date(bench, 10, { name: 'r2.1' }));
      expect(await bench.schedules.names('r2')).toEqual(['r2.1']);
      const names = await bench.schedules.names('r1.');
      expect(new Set(names).size).toBe(100);
      expect(names.every((name) => name.startsWith('r1.'))).toBe(true);
    });
  });
}
