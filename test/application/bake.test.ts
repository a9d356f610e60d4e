/** What a bake reads: all minutes, whenever the source answers, and no more of them at once than a look may read. */
import { describe, expect, it } from 'vitest';
import { readMinutesMax } from '#application/readings.ts';
import { errors, load, type Weather, watched } from '#test/support/watched-bake.ts';

const hours = 60;

describe('after the source of metrics was away', () => {
  it.each<[string, Weather['checks'], string]>([
    ['a window of readings', { load }, 'load'],
    ['a test', { errors }, 'errors'],
  ])('what was wrong meanwhile is found, by %s, when it answers again', async (_title, checks, id) => {
    const { told, step, ended } = await watched({ checks, away: [120, 300], bad: [150, 200] }, 10 * hours);
    expect(told).toEqual(['120 frozen', '150 escalate', `300 breached ${id}`]);
    expect(step.concluded).toMatchObject({ verdict: 'unhealthy', reason: { cause: { code: 'check' } } });
    expect(ended).toBe(300);
  });

  it('what was wrong meanwhile sets the clock to zero where the plan says pause', async () => {
    const pausing = { load: { ...load, class: 'pause' as const } };
    const { told, step } = await watched({ checks: pausing, away: [120, 300], bad: [150, 200] }, 310);
    expect(told.slice(2)).toEqual(['300 breached load', '300 unfrozen', '310 recovered load']);
    expect(step.state.healthyMinutes).toBe(10);
  });

  it('all minutes are judged, and what was proven before is not lost', async () => {
    const { told, step, unjudged } = await watched({ checks: { load, errors }, away: [120, 300] }, 310);
    expect(told).toEqual(['120 frozen', '150 escalate', '300 unfrozen']);
    expect(unjudged).toEqual([]);
    expect(step.state.healthyMinutes).toBe(130);
  });

  it('a weekend is read look by look, and the clock stands until all of it has been judged', async () => {
    const weather = { checks: { load, errors }, away: [120, 62 * hours] as const };
    const { told, windows, unjudged } = await watched(weather, 70 * hours);
    expect(told).toEqual(['120 frozen', '150 escalate', '3830 unfrozen']);
    expect(unjudged).toEqual([]);
    expect(Math.max(...windows.map(([from, to]) => to - from))).toBe(readMinutesMax);
  });

  it('what was wrong in the middle of a weekend is found', async () => {
    const weather = {
      checks: { load },
      away: [120, 62 * hours] as const,
      bad: [30 * hours, 31 * hours] as const,
    };
    const { told, step } = await watched(weather, 70 * hours);
    expect(told.at(-1)).toMatch(/breached load$/);
    expect(step.concluded?.verdict).toBe('unhealthy');
  });

  it('hours of which it has nothing do not keep it from going on', async () => {
    const weather = {
      checks: { errors },
      away: [120, 40 * hours] as const,
      empty: [4 * hours, 38 * hours] as const,
    };
    const { told } = await watched(weather, 50 * hours);
    expect(told.at(-1)).toMatch(/unfrozen$/);
  });

  it('a check that it was away for is read back by itself when one question would be too long', async () => {
    const checks = { load, errors };
    const { windows, unjudged } = await watched({ checks, away: [120, 600], awayOf: ['errors'] }, 610);
    expect(unjudged).toEqual([]);
    expect(windows.slice(-3)).toEqual([
      [560, 600],
      [80, 440],
      [410, 610],
    ]);
  });

  it('a bake that is looked at once a day reads its day', async () => {
    const { unjudged, told } = await watched({ checks: { load }, away: [0, 0], tickMinutes: 1440 }, 3 * 1440);
    expect([unjudged, told]).toEqual([[], []]);
  });
});

it('hours that a source has kept to itself are judged when they come in one piece', async () => {
  const weather = { checks: { load, errors }, away: [0, 0], late: [120, 290] } as const;
  const { told, unjudged } = await watched(weather, 300);
  expect(unjudged).toEqual([]);
  expect(told).toEqual(['140 frozen', '170 escalate', '290 unfrozen']);
  const bad = await watched({ ...weather, checks: { load }, bad: [150, 200] }, 300);
  expect(bad.step.concluded?.verdict).toBe('unhealthy');
});
