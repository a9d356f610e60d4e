/** Incidents that stop a release, what they take from the clock of an observation, and what is counted of them. */

import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Severity } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { type BakeState, provenMinutes, startBake, stepBake } from '#domain/rules/bake-clock.ts';
import { startBlocking } from '#domain/rules/blockers.ts';
import { type Interruption, interruptionsOf, stoppingIncident } from '#domain/rules/grave-incidents.ts';
import { incidentMeasures, measureOf } from '#domain/rules/measures.ts';
import { atMs, check, inBuild, judged, observation, releaseAfter } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';
import { smallPlan } from '#test/support/plans.ts';

const words = quoted('seen');
const opened = (incident: string, severity: Severity, code: 'reported' | 'objective' = 'reported'): Fact => ({
  type: 'incident.opened',
  ...inBuild,
  incident,
  severity,
  title: code === 'reported' ? { code, params: { words } } : { code, params: { check: 'errors' } },
});
const asked: Fact = { type: 'incident.override-asked', incident: 'i', by: 'ada', comment: words };
const granted: Fact = { type: 'incident.overridden', incident: 'i', by: 'bob', comment: words };
const resolved: Fact = { type: 'incident.resolved', incident: 'i', by: 'ada' };

describe('an incident', () => {
  it.each<[string, readonly Fact[], string | undefined]>([
    ['open and critical', [opened('i', 'critical')], 'i'],
    ['open and major', [opened('i', 'major')], 'i'],
    [
      'acknowledged',
      [opened('i', 'major'), { type: 'incident.acknowledged', incident: 'i', by: 'ada' }],
      'i',
    ],
    ['unanswered', [opened('i', 'major'), { type: 'incident.unanswered', incident: 'i' }], 'i'],
    ['of a lower severity', [opened('i', 'technical'), opened('j', 'user')], undefined],
    ['resolved', [opened('i', 'major'), resolved], undefined],
    ['overridden by one person', [opened('i', 'major'), asked], 'i'],
    ['overridden by two', [opened('i', 'major'), asked, granted], undefined],
    [
      'opened again after an override',
      [
        ...[opened('i', 'major'), asked, granted, resolved],
        { type: 'incident.reopened', incident: 'i', by: 'ada', reason: words },
      ],
      'i',
    ],
  ])('stops a release or not when it is %s', (_title, facts, expected) => {
    expect(stoppingIncident(releaseAfter(...facts))?.incident).toBe(expected);
  });

  it('does not keep the phase from starting that is to correct it', () => {
    const release = releaseAfter(opened('i', 'major'));
    expect(startBlocking(smallPlan(), release, 'build', atMs)).toBeUndefined();
  });
});

describe('the clock of an observation', () => {
  const hour = observation({
    continuousHealthHours: 1,
    tickMinutes: 10,
    checks: ['errors'],
    deadlineHours: 9,
  });
  /** What is seen of the incident at each tick of ten healthy minutes. */
  function play(...seen: readonly (Omit<Interruption, 'incident'> | undefined)[]) {
    let state: BakeState = startBake(atMs);
    const verdicts = seen.map((one, index) => {
      const interruptions = one ? [{ incident: 'i', ...one }] : [];
      const healthy = { errors: judged({ kind: 'value', value: 0, samples: 100 }) };
      const nowMs = atMs + (index + 1) * 600_000;
      const step = stepBake(state, hour, { errors: check() }, healthy, nowMs, interruptions);
      state = step.state;
      return step.concluded?.verdict;
    });
    return { proven: provenMinutes(state), verdicts };
  }
  const open = { status: 'open' } as const;
  const over = { status: 'over' } as const;
  const alarm = { status: 'false-alarm' } as const;

  it.each([
    ['stands at nothing while one is open', [undefined, undefined, open, open], 0],
    ['begins anew once it is over', [undefined, undefined, open, over, over], 20],
    [
      'begins anew after one that came and went between two looks',
      [undefined, { ...over, endedMs: atMs + 700_000 }, over],
      10,
    ],
    ['has all of its time back after a false alarm', [undefined, undefined, open, alarm], 40],
    ['has it back when it turns out later that it was one', [undefined, open, over, alarm], 40],
    ['loses nothing to one that was over before', [{ ...over, endedMs: atMs - 1 }, over], 20],
  ])('counts what is proven: it %s', (_title, seen, minutes) => {
    expect(play(...seen).proven).toBe(minutes);
  });

  it('does not end well while one is open, and ends at once when it was a false alarm', () => {
    const ticks = Array.from({ length: 6 }, () => open);
    expect(play(...ticks).verdicts.at(-1)).toBeUndefined();
    expect(play(...ticks, alarm).verdicts.at(-1)).toBe('healthy');
  });

  it('is told of a false alarm as such, also when the release has forgotten nothing of it', () => {
    const release = releaseAfter(opened('i', 'critical'), {
      type: 'incident.resolved',
      incident: 'i',
      by: 'ada',
      falseAlarm: true,
      comment: words,
    });
    expect(interruptionsOf(release)).toEqual([{ incident: 'i', status: 'false-alarm' }]);
  });
});

describe('the count of incidents', () => {
  const later = '2025-03-11T09:00:00.000Z';
  const before = releaseAfter({ type: 'phase.opened', ...inBuild }, opened('old', 'critical'));
  const { next } = record(
    before,
    [
      { type: 'exposure.changed', ...inBuild, from: 0, to: 10 },
      ...[opened('a', 'critical'), opened('b', 'major'), opened('c', 'user')],
      opened('shared', 'critical', 'objective'),
      opened('nothing', 'critical'),
      { type: 'incident.resolved', incident: 'nothing', by: 'ada', falseAlarm: true, comment: words },
      { type: 'incident.resolved', incident: 'b', by: 'ada' },
    ],
    { at: later, actor: 'user:ada' },
  );
  it.each([
    ['incidents.open.critical', 3],
    ['incidents.open.major', 0],
    ['incidents.open.at-least.user', 4],
    ['incidents.opened.critical', 1],
    ['incidents.opened.major', 1],
    ['incidents.opened.at-least.critical', 2],
    ['incidents.opened.at-least.user', 3],
  ])('since users got access is what the ledger has: %s is %i', (measure, value) => {
    expect(incidentMeasures).toContain(measure);
    expect(measureOf(next, measure)).toEqual({ value, samples: 1 });
  });

  it('is nothing before anything has happened, not silence', () => {
    expect(measureOf(releaseAfter(), 'incidents.opened.at-least.critical')).toEqual({ value: 0, samples: 1 });
  });
});
