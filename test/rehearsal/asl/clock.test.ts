import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#rehearsal/clock.ts';

describe('VirtualClock', () => {
  it('runs timers by time, and timers of one instant in the order of their making', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    clock.after(20, () => void seen.push('c'));
    clock.after(10, () => void seen.push('a'));
    clock.after(10, () => void seen.push('b'));
    expect(await clock.runUntil(() => false)).toBe(false);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(clock.nowMs()).toBe(20);
  });

  it('lets async work come to rest before the next timer', async () => {
    const clock = new VirtualClock(0);
    const seen: string[] = [];
    const deep = async (depth: number): Promise<void> => (depth === 0 ? undefined : deep(depth - 1));
    clock.after(1, () => {
      void deep(500).then(() => seen.push('rest'));
    });
    clock.after(1, () => void seen.push('next'));
    await clock.runFor(1);
    expect(seen).toEqual(['rest', 'next']);
  });

  it('runs a timer that a timer leaves for the same instant, and treats the past as now', async () => {
    const clock = new VirtualClock(100);
    const seen: number[] = [];
    clock.after(5, () => {
      clock.at(0, () => void seen.push(clock.nowMs()));
    });
    await clock.runFor(5);
    expect(seen).toEqual([105]);
  });

  it('forgets cancelled timers', async () => {
    const clock = new VirtualClock(0);
    let ran = false;
    const timer = clock.after(1, () => {
      ran = true;
    });
    expect(clock.pending).toBe(1);
    clock.cancel(timer);
    clock.cancel(timer);
    expect(clock.pending).toBe(0);
    expect(await clock.runUntil(() => false)).toBe(false);
    expect([ran, clock.nowMs()]).toEqual([false, 0]);
  });

  it('stops where it is told to, and runFor stands at the end of its time', async () => {
    const clock = new VirtualClock(0);
    for (const at of [10, 20, 30]) clock.at(at, () => {});
    expect(await clock.runUntil((nowMs) => nowMs >= 20)).toBe(true);
    expect([clock.nowMs(), clock.pending]).toEqual([20, 1]);
    await clock.runFor(5);
    expect([clock.nowMs(), clock.pending]).toEqual([25, 1]);
    await clock.runFor(100);
    expect([clock.nowMs(), clock.pending]).toEqual([125, 0]);
  });

  it('names the limit when a loop has no end', async () => {
    const clock = new VirtualClock(0);
    const again = (): void => void clock.after(1, again);
    again();
    await expect(clock.runUntil(() => false, { eventsMax: 50 })).rejects.toThrow('50 events (eventsMax)');
  });

  it('hands on what a task throws', async () => {
    const clock = new VirtualClock(0);
    clock.after(1, () => Promise.reject(new Error('broken task')));
    await expect(clock.runFor(1)).rejects.toThrow('broken task');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s as a time', (time) => {
    expect(() => new VirtualClock(time)).toThrow(RangeError);
    expect(() => new VirtualClock(0).at(time, () => {})).toThrow(RangeError);
  });

  it('runs 50,000 timers that were set in any order, each at its instant', async () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    for (let index = 0; index < 50_000; index += 1)
      clock.after((index * 7919) % 50_000, () => void ran.push(clock.nowMs()));
    await clock.runUntil(() => false);
    expect(ran).toEqual(Array.from({ length: 50_000 }, (_, instantMs) => instantMs));
  });
});
