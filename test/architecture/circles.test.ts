/** No file imports itself through others, not for a type either: whoever reads one file of a circle must read them all. */
import { describe, expect, it } from 'vitest';
import { circlesIn, importGraph, reachedFrom } from '#test/support/import-graph.ts';

/** A state may hold states: what loads, runs and visits one calls itself through the other. */
const statesInStates = [
  ['rehearsal/asl/fan-out.ts', 'rehearsal/asl/states.ts'],
  ['rehearsal/asl/flow.ts', 'rehearsal/asl/visit.ts'],
  ['rehearsal/asl/load-state.ts', 'rehearsal/asl/load.ts'],
];

describe('imports', () => {
  const graph = importGraph();

  it('are those of this tree', () => {
    expect(graph.size).toBeGreaterThan(500);
    expect(graph.get('application/commit.ts')).toContain('domain/ledger/replay.ts');
  });

  it('make no circle but the mutual recursion of Amazon States Language', () => {
    expect(circlesIn(graph)).toEqual(statesInStates);
  });
});

const graphOf = (arrows: Readonly<Record<string, string>>) =>
  new Map(Object.entries(arrows).map(([file, targets]) => [file, targets.split(' ').filter(Boolean)]));

describe('circlesIn', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly (readonly string[])[]]>([
    ['none in a tree', { a: 'b c', b: 'd', c: 'd', d: '' }, []],
    ['two files', { a: 'b', b: 'a' }, [['a', 'b']]],
    ['a file that imports itself', { a: 'a' }, [['a']]],
    ['a long one behind others', { z: 'y', y: 'a', a: 'b', b: 'c', c: 'a d', d: '' }, [['a', 'b', 'c']]],
    [
      'two that are linked',
      { a: 'b', b: 'a c', c: 'd', d: 'c' },
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['one within another', { a: 'b', b: 'c a', c: 'b' }, [['a', 'b', 'c']]],
    ['none over a file that was left before', { a: 'b c', b: '', c: 'b' }, []],
  ])('finds in a graph %s', (_what, arrows, circles) => {
    expect(circlesIn(graphOf(arrows))).toEqual(circles);
  });
});

describe('reachedFrom', () => {
  it('goes any number of steps, and round a circle once', () => {
    const graph = graphOf({ a: 'b', b: 'c', c: 'a', d: 'a', e: '' });
    expect([...reachedFrom(['b'], graph)].toSorted()).toEqual(['a', 'b', 'c']);
  });
});
