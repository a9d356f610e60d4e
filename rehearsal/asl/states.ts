/** Runs the states of a scope one after the other. */

import type { Json } from '#domain/json.ts';
import { unreachable } from '#domain/unreachable.ts';
import { StateFailure } from './errors.ts';
import { runMap, runParallel } from './fan-out.ts';
import type { Flow } from './flow.ts';
import { guarded } from './guard.ts';
import { countMax, isCount } from './limits.ts';
import type { ChoiceState, FailState, MachineState, StateScope, WaitState } from './machine.ts';
import { runTask } from './task.ts';
import { isTimestamp } from './timestamp.ts';
import { type Departure, StateVisit } from './visit.ts';

/**
 * @returns the output of the last state
 * @throws StateFailure when a state fails and nothing catches it; `flow.lastEventId` is then the failing
 * event
 */
export async function runBlock(flow: Flow, block: StateScope, input: Json): Promise<Json> {
  let name: string | undefined = block.startAt;
  let data = input;
  while (name !== undefined) {
    const state: MachineState | undefined = block.states.get(name);
    if (state === undefined)
      throw new TypeError(`no state "${name}": the machine was not made by loadMachine`);
    const visit: StateVisit = new StateVisit(flow, state, data);
    flow.visit = visit;
    const departure: Departure = await stay(visit, state);
    visit.exit(departure);
    data = departure.output;
    name = departure.next;
  }
  return data;
}

function stay(visit: StateVisit, state: MachineState): Promise<Departure> {
  switch (state.type) {
    case 'Pass':
    case 'Succeed':
      return visit.depart(state, visit.input, state.next);
    case 'Fail':
      return fail(visit, state);
    case 'Wait':
      return wait(visit, state);
    case 'Choice':
      return choose(visit, state);
    case 'Task':
      return guarded(visit, state, () => runTask(visit, state));
    case 'Parallel':
      return guarded(visit, state, () => runParallel(visit, state));
    case 'Map':
      return guarded(visit, state, () => runMap(visit, state));
    default:
      return unreachable(state);
  }
}

async function fail(visit: StateVisit, { error, cause }: FailState): Promise<never> {
  const texts: (string | undefined)[] = [];
  for (const template of [error, cause]) {
    texts.push(template === undefined ? undefined : String(await visit.evaluateAs('string', template)));
  }
  throw new StateFailure(...texts);
}

async function wait(visit: StateVisit, state: WaitState): Promise<Departure> {
  const { flow } = visit;
  const untilMs = await (state.until === 'Seconds' ? afterSeconds(visit, state) : atTimestamp(visit, state));
  // A wait that is over before it begins takes no turn of the clock.
  if (untilMs > flow.runtime.clock.nowMs()) await flow.sleepUntil(untilMs);
  return visit.depart(state, visit.input, state.next);
}

async function afterSeconds(visit: StateVisit, { value }: WaitState): Promise<number> {
  const seconds = await visit.evaluateAs('number', value);
  if (!isCount(seconds, 0)) {
    throw visit.unusable(
      `The Seconds field must be an integer of 0 to ${countMax}, but was: ${JSON.stringify(seconds)}`,
      'Seconds',
    );
  }
  return visit.flow.runtime.clock.nowMs() + seconds * 1000;
}

async function atTimestamp(visit: StateVisit, { value }: WaitState): Promise<number> {
  const timestamp = await visit.evaluateAs('string', value);
  if (isTimestamp(timestamp)) return Date.parse(timestamp);
  throw visit.unusableTimestamp(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
  );
}

async function choose(visit: StateVisit, state: ChoiceState): Promise<Departure> {
  for (const rule of state.choices) {
    const holds = await visit.evaluateAs('boolean', rule.condition);
    if (holds === true) return visit.depart(rule, visit.input, rule.next);
  }
  if (state.next === undefined) throw StateFailure.noTransition(state.name, visit.enteredEventId);
  return visit.depart(state, visit.input, state.next);
}
