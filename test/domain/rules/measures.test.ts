import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import type { Release } from '#domain/ledger/records.ts';
import { quoted } from '#domain/quoted.ts';
import { isDerived, measureOf } from '#domain/rules/measures.ts';
import { admitted, at, atMs, inBuild } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';

/** A release to which these facts happened, each so many hours after the admission. */
function releaseOver(...facts: readonly (readonly [hours: number, fact: Fact])[]): Release {
  let release = record('r1', [admitted], { at, actor: 'user:ada' }).next;
  for (const [hours, fact] of facts) {
    const later = new Date(atMs + hours * 3_600_000).toISOString();
    release = record(release, [fact], { at: later, actor: 'user:ada' }).next;
  }
  return release;
}
const opened = (incident: string): Fact => ({
  type: 'incident.opened',
  ...inBuild,
  incident,
  severity: 'user',
  title: { code: 'reported', params: { words: quoted(incident) } },
});
const resolved = (incident: string): Fact => ({ type: 'incident.resolved', incident, by: 'ada' });

describe('measureOf', () => {
  it.each<[string, readonly (readonly [number, Fact])[], object | undefined]>([
    ['no incident', [], undefined],
    ['one that is open', [[0, opened('i1')]], undefined],
    [
      'one resolved after three hours',
      [
        [1, opened('i1')],
        [4, resolved('i1')],
      ],
      { value: 3, samples: 1 },
    ],
    [
      'the mean of those that are resolved',
      [
        [0, opened('i1')],
        [1, opened('i2')],
        [2, opened('i3')],
        [4, resolved('i1')],
        [7, resolved('i2')],
      ],
      { value: 5, samples: 2 },
    ],
  ])('of the time to resolve incidents: %s', (_title, facts, expected) => {
    const measure = measureOf(releaseOver(...facts), 'incidents.mttr-hours');
    expect(measure && { value: measure.value, samples: measure.samples }).toEqual(expected);
  });

  it('is the last value that was reported', () => {
    const reported = (value: number): Fact => ({
      type: 'measure.recorded',
      measure: 'adoption',
      value,
      samples: 20,
    });
    const release = releaseOver([0, reported(10)], [1, reported(30)]);
    expect(measureOf(release, 'adoption')).toMatchObject({ value: 30, samples: 20 });
    expect(measureOf(release, 'satisfaction')).toBeUndefined();
  });
});

describe('isDerived', () => {
  it.each([
    ['incidents.mttr-hours', true],
    ['incidents.open.critical', true],
    ['scripts.test-staging.failures', true],
    ['analytics.adoption', false],
    ['survey.scripts', false],
  ])('tells what nobody may report by hand: %s is %s', (measure, expected) => {
    expect(isDerived(measure)).toBe(expected);
  });
});
