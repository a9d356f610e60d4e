/** Parallel and Map: several flows at once; the first that fails takes the others with it. */
import type { Json } from '#domain/json.ts';
import { StateFailure } from './errors.ts';
import type { Flow } from './flow.ts';
import { isCount } from './limits.ts';
import type { MapState, ParallelState } from './machine.ts';
import { runBlock } from './states.ts';
import type { StateVisit } from './visit.ts';

/** The events that Map has and Parallel has not. */
interface LaneEvents {
  started(lane: Flow, index: number): void;
  succeeded(lane: Flow, index: number): void;
  failed(lane: Flow, index: number): void;
  aborted(lane: Flow, index: number, failingEventId: number): void;
}

interface Lanes extends LaneEvents {
  readonly count: number;
  /** How many may run at once. */
  readonly concurrency: number;
  run(lane: Flow, index: number): Promise<Json>;
}

const noEvents: LaneEvents = { started() {}, succeeded() {}, failed() {}, aborted() {} };

export async function runParallel(visit: StateVisit, state: ParallelState): Promise<Json> {
  const { flow } = visit;
  const input = state.arguments === undefined ? visit.input : await visit.evaluate(state.arguments);
  flow.record('ParallelStateStarted');
  const outputs = await runLanes(flow, {
    ...noEvents,
    count: state.branches.length,
    concurrency: state.branches.length,
    run: async (lane, index) => {
      const branch = state.branches[index];
      return branch === undefined ? null : await runBlock(lane, branch, input);
    },
  });
  flow.note('ParallelStateSucceeded');
  return outputs;
}

export async function runMap(visit: StateVisit, state: MapState): Promise<Json> {
  const { flow } = visit;
  const { name } = state;
  const items = await itemsOf(visit, state);
  const limit = await concurrencyOf(visit, state);
  flow.record('MapStateStarted', { length: items.length });
  const outputs = await runLanes(flow, {
    count: items.length,
    concurrency: limit > 0 ? limit : items.length,
    run: async (lane, index) => {
      const item = items[index] ?? null;
      lane.mapItem = { Index: index, Value: item };
      const input =
        state.itemSelector === undefined ? item : await visit.evaluateIn(lane, state.itemSelector);
      return await runBlock(lane, state.processor, input);
    },
    started: (lane, index) => lane.record('MapIterationStarted', { name, index }),
    succeeded: (lane, index) => lane.record('MapIterationSucceeded', { name, index }),
    failed: (lane, index) => lane.note('MapIterationFailed', { name, index }),
    aborted: (lane, index, failingEventId) =>
      lane.note('MapIterationAborted', { name, index }, failingEventId),
  });
  flow.note('MapStateSucceeded');
  return outputs;
}

/** 0: as many as there are items. */
async function concurrencyOf(visit: StateVisit, { maxConcurrency }: MapState): Promise<number> {
  if (maxConcurrency === undefined) return 0;
  const limit = await visit.evaluateAs('number', maxConcurrency);
  if (isCount(limit, 0)) return limit;
  throw visit.unusable(
    `The MaxConcurrency field must be an integer of at least 0, but was: ${JSON.stringify(limit)}`,
    'MaxConcurrency',
  );
}

async function itemsOf(visit: StateVisit, { items }: MapState): Promise<readonly Json[]> {
  const value = items === undefined ? visit.input : await visit.evaluateAs('array', items);
  if (Array.isArray(value)) return value as readonly Json[];
  throw visit.unusable(`Map state input must be an array but was: ${JSON.stringify(value)}`);
}

/**
 * @returns the outputs in the order of the lanes
 * @throws StateFailure of the lane that failed first; `flow.lastEventId` is then its failing event
 */
function runLanes(flow: Flow, lanes: Lanes): Promise<Json> {
  const outputs: Json[] = new Array<Json>(lanes.count).fill(null);
  if (lanes.count === 0) return Promise.resolve(outputs);
  const running = new Map<number, Flow>();
  let launched = 0;
  let finished = 0;

  const launch = (previousEventId: number): [Flow, number] => {
    const lane = flow.fork(previousEventId);
    const index = launched;
    launched += 1;
    running.set(index, lane);
    lanes.started(lane, index);
    return [lane, index];
  };
  const fail = (failing: Flow, failingIndex: number): void => {
    const failingEventId = failing.lastEventId;
    lanes.failed(failing, failingIndex);
    failing.abort(failingEventId);
    running.delete(failingIndex);
    for (const [index, lane] of running) {
      lanes.aborted(lane, index, failingEventId);
      lane.abort(failingEventId);
    }
    flow.lastEventId = failingEventId;
  };

  const all = new Promise<Json>((resolve, reject) => {
    const run = async (lane: Flow, index: number): Promise<void> => {
      try {
        outputs[index] = await lanes.run(lane, index);
        // The next iteration follows the last event inside this one, not its end.
        const lastInnerEventId = lane.lastEventId;
        lanes.succeeded(lane, index);
        running.delete(index);
        lane.close();
        finished += 1;
        if (finished === lanes.count) {
          flow.lastEventId = lane.lastEventId;
          resolve(outputs);
        } else if (launched < lanes.count) {
          run(...launch(lastInnerEventId)).catch(reject);
        }
      } catch (error) {
        if (error instanceof StateFailure) fail(lane, index);
        reject(error);
      }
    };
    const startedEventId = flow.lastEventId;
    const first: [Flow, number][] = [];
    while (launched < Math.min(lanes.count, lanes.concurrency)) first.push(launch(startedEventId));
    for (const [lane, index] of first) run(lane, index).catch(reject);
  });
  return flow.hold(all);
}
