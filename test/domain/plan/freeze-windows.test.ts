/** Freeze windows by the wall clock: nights, weekends, changes of the clocks, overrides. */

import { describe, expect, it } from 'vitest';
import { freezeOf, occurrenceAt } from '#domain/plan/freeze-windows.ts';
import type { FreezeWindow } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { blockingOf } from '#domain/rules/blockers.ts';
import { releaseAfter } from '#test/support/builders.ts';
import { smallPlan } from '#test/support/plans.ts';

const paris = { timeZone: 'Europe/Paris' };
const window = (when: FreezeWindow['when'], more: Partial<FreezeWindow> = {}): FreezeWindow => ({
  id: 'w',
  name: 'Window',
  when,
  ...more,
});
const nights = window({ days: ['friday'], from: '18:00', to: '08:00' });
const once = window({ from: '2025-12-20T00:00', to: '2026-01-05T09:00' });
const at = (instant: string) => Date.parse(instant);

describe('a window', () => {
  it.each<[string, FreezeWindow, string, boolean]>([
    ['once: before it', once, '2025-12-19T22:59:59Z', false],
    ['once: its first moment', once, '2025-12-19T23:00:00Z', true],
    ['once: its last moment', once, '2026-01-05T07:59:59Z', true],
    ['once: its end is free', once, '2026-01-05T08:00:00Z', false],
    ['nights: Friday afternoon', nights, '2025-03-07T16:59:00Z', false],
    ['nights: Friday evening', nights, '2025-03-07T17:00:00Z', true],
    ['nights: Saturday morning', nights, '2025-03-08T06:59:00Z', true],
    ['nights: Saturday at eight', nights, '2025-03-08T07:00:00Z', false],
    ['nights: Saturday evening is not Friday', nights, '2025-03-08T20:00:00Z', false],
  ])('holds between its two moments: %s', (_title, given, instant, holds) => {
    expect(occurrenceAt(paris, given, at(instant)) !== undefined).toBe(holds);
  });

  it('has as many hours as the clock shows: a night is shorter when the clocks go forward', () => {
    const saturday = window({ days: ['saturday'], from: '18:00', to: '08:00' });
    const lengthOf = (instant: string) => {
      const found = occurrenceAt(paris, saturday, at(instant));
      return found && (found.toMs - found.fromMs) / 3_600_000;
    };
    expect(lengthOf('2025-03-22T20:00:00Z')).toBe(14);
    expect(lengthOf('2025-03-29T20:00:00Z')).toBe(13);
    expect(lengthOf('2025-10-25T20:00:00Z')).toBe(15);
  });

  it('that begins at an hour which the clocks skip begins at the next one', () => {
    const skipped = window({ from: '2025-03-30T02:30', to: '2025-03-30T09:00' });
    expect(occurrenceAt(paris, skipped, at('2025-03-30T00:59:59Z'))).toBeUndefined();
    expect(occurrenceAt(paris, skipped, at('2025-03-30T01:31:00Z'))).toBeDefined();
  });
});

describe('a release', () => {
  const plan = (...freezes: readonly FreezeWindow[]) => smallPlan({ freezes });
  const friday = at('2025-03-07T19:00:00Z');

  it('is held in the phases that the window names, or in all', () => {
    const release = releaseAfter();
    expect(freezeOf(plan(nights), release, 'build', friday)?.window.id).toBe('w');
    const others = { ...nights, phases: ['launch'] };
    expect(freezeOf(plan(others), release, 'build', friday)).toBeUndefined();
    expect(freezeOf(plan(others), release, 'launch', friday)).toBeDefined();
  });

  it('waits for the window that ends last', () => {
    const longer = window({ from: '2025-03-01T00:00', to: '2025-03-20T00:00' }, { id: 'long' });
    expect(freezeOf(plan(nights, longer), releaseAfter(), 'build', friday)?.window.id).toBe('long');
  });

  it('goes on in an overridden window, until that occurrence ends', () => {
    const until = '2025-03-08T07:00:00.000Z';
    const release = releaseAfter({ type: 'freeze.overridden', freeze: 'w', until, reason: quoted('x') });
    expect(freezeOf(plan(nights), release, 'build', friday)).toBeUndefined();
    expect(freezeOf(plan(nights), release, 'build', friday + 7 * 86_400_000)).toBeDefined();
  });

  it('has one blocker at a time, and it says until when', () => {
    expect(blockingOf(plan(nights), releaseAfter(), 'build', friday)).toEqual({
      cause: { code: 'freeze', params: { freeze: 'w', until: '2025-03-08T07:00:00.000Z' } },
      untilMs: at('2025-03-08T07:00:00Z'),
    });
    const paused = releaseAfter({ type: 'release.paused', reason: quoted('') });
    expect(blockingOf(plan(nights), paused, 'build', friday)?.cause).toEqual({ code: 'paused', params: {} });
    const { version } = releaseAfter();
    const bad = releaseAfter({ type: 'version.marked-bad', version, reason: quoted('x') });
    expect(blockingOf(plan(), bad, 'build', friday)?.cause).toEqual({
      code: 'bad-version',
      params: { version },
    });
    const mended = releaseAfter(
      { type: 'version.marked-bad', version, reason: quoted('x') },
      { type: 'candidate.replaced', from: version, to: 'next', reason: quoted('x') },
    );
    expect(blockingOf(plan(), mended, 'build', friday)).toBeUndefined();
  });
});
