/** An execution against the recording of it. */
import type { Json, JsonObject } from '#domain/json.ts';
import type { Execution } from '#rehearsal/asl/execution.ts';
import type { HistoryEvent } from '#rehearsal/asl/history.ts';
import { type Expected, type ExpectedEvent, restore, substitute } from './case.ts';
import { type Difference, differences, show } from './pattern.ts';

/** Members of our events of which the recordings say nothing. */
const notRecorded = new Set(['roleArn']);

export function compare(expected: Expected, execution: Execution): readonly Difference[] {
  const { status, output, error, cause } = execution;
  // Patterns for long texts ($repeat) are expanded; ARNs go back to their short form on both sides.
  const recorded = restore(substitute(expected as unknown as Json)) as unknown as Expected;
  const ours = (value: Json | undefined): Json | undefined =>
    value === undefined ? undefined : restore(value);
  return [
    ...differences(recorded.status, status, 'status'),
    ...differences(recorded.output, ours(output), 'output'),
    ...differences(recorded.error, ours(error), 'error'),
    ...differences(recorded.cause, ours(cause), 'cause'),
    ...(recorded.events === null || recorded.ordering === 'informative'
      ? []
      : eventDifferences(recorded.events, execution.events.map(flat))),
  ];
}

function flat({ id, previousEventId, type, details }: HistoryEvent): JsonObject {
  const members = Object.entries(details).filter(([name]) => !notRecorded.has(name));
  return restore({ id, prev: previousEventId, type, ...Object.fromEntries(members) }) as JsonObject;
}

function eventDifferences(
  expected: readonly ExpectedEvent[],
  actual: readonly JsonObject[],
): readonly Difference[] {
  if (expected.length !== actual.length) {
    const types = (events: readonly JsonObject[]): string => events.map(({ type }) => String(type)).join(' ');
    return [{ path: 'events', expected: types(expected), actual: types(actual) }];
  }
  const found: Difference[] = [];
  let bag: { readonly from: number; readonly events: ExpectedEvent[] } = { from: 0, events: [] };
  for (const [index, event] of expected.entries()) {
    if (event['unordered'] === true) {
      if (bag.events.length === 0) bag = { from: index, events: [] };
      bag.events.push(event);
      continue;
    }
    found.push(...bagDifferences(bag.events, actual.slice(bag.from, bag.from + bag.events.length)));
    bag = { from: 0, events: [] };
    found.push(...differencesOfOne(event, actual[index] ?? {}, `events[${index}] ${event.type}`));
  }
  return [...found, ...bagDifferences(bag.events, actual.slice(bag.from, bag.from + bag.events.length))];
}

/** The recording may leave out id and prev; our event always has them. */
function differencesOfOne(event: ExpectedEvent, actual: JsonObject, path: string): readonly Difference[] {
  const { restored: _restored, unordered: _unordered, ...wanted } = event;
  const comparable = Object.fromEntries(
    Object.entries(actual).filter(
      ([name]) => (name !== 'id' && name !== 'prev') || wanted[name] !== undefined,
    ),
  );
  return differences(wanted, comparable, path);
}

/** Every recorded event has one of ours, whatever the order. */
function bagDifferences(
  expected: readonly ExpectedEvent[],
  actual: readonly JsonObject[],
): readonly Difference[] {
  const left = [...actual];
  return expected.flatMap((event) => {
    const index = left.findIndex((candidate) => differencesOfOne(event, candidate, '').length === 0);
    if (index >= 0) {
      left.splice(index, 1);
      return [];
    }
    return [
      { path: `events in any order: ${event.type}`, expected: show(event), actual: 'no such event left' },
    ];
  });
}
