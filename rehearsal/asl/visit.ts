/** One stay in one state: what its expressions see, and what its events say. */
import type { Json, JsonObject } from '#domain/json.ts';
import { StateFailure } from './errors.ts';
import { type Bindings, EvaluationError, type JsonTemplate } from './expression.ts';
import type { Flow } from './flow.ts';
import { isJsonObject, isTooLarge } from './json.ts';
import type { GuardedState, MachineState, StateEnd } from './machine.ts';

/** What `$states` has besides input and context. */
export interface StateResults {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** How a state is left. */
export interface Departure {
  readonly output: Json;
  readonly assigned: JsonObject | undefined;
  /** Absent at the end of the scope. */
  readonly next: string | undefined;
}

const isGuarded = (state: MachineState): state is GuardedState => 'retry' in state;

export class StateVisit {
  readonly flow: Flow;
  readonly state: MachineState;
  readonly input: Json;
  readonly enteredEventId: number;
  retryCount = 0;
  /** `$states.context.Task.Token` of the present attempt. */
  taskToken: string | undefined;
  /** A Parallel or Map that has recorded its failure is not aborted any more. */
  failed = false;
  readonly #previousEventId: number;
  readonly #enteredTime: string;

  constructor(flow: Flow, state: MachineState, input: Json) {
    this.flow = flow;
    this.state = state;
    this.input = input;
    this.#previousEventId = flow.lastEventId;
    this.#enteredTime = new Date(flow.runtime.clock.nowMs()).toISOString();
    this.enteredEventId = flow.record(`${state.type}StateEntered`, { name: state.name, input });
    flow.execution.countTransition();
  }

  /** @throws StateFailure when an expression fails */
  evaluate(template: JsonTemplate, seen: StateResults = {}): Promise<Json> {
    return this.#evaluated((bindings) => template.evaluate(bindings), template, seen, this.flow);
  }

  /** `evaluate` in the name of a child flow, where `$states.context.Map.Item` is the child's. */
  evaluateIn(child: Flow, template: JsonTemplate): Promise<Json> {
    return this.#evaluated((bindings) => template.evaluate(bindings), template, {}, child);
  }

  evaluateAs(expected: 'string' | 'number' | 'boolean' | 'array', template: JsonTemplate): Promise<Json> {
    return this.#evaluated((bindings) => template.evaluateAs(expected, bindings), template, {}, this.flow);
  }

  async #evaluated(
    evaluation: (bindings: Bindings) => Promise<Json>,
    { constant }: JsonTemplate,
    seen: StateResults,
    flow: Flow,
  ): Promise<Json> {
    if (constant !== undefined) return constant;
    try {
      return await flow.hold(evaluation(this.#bindings(seen, flow)));
    } catch (error) {
      if (error instanceof EvaluationError) throw this.#evaluationFailed(error, flow, this.#previousEventId);
      throw error;
    }
  }

  /** A value that evaluates but does not serve. `location` is the field; Map input has none. */
  unusable(problem: string, location?: string): StateFailure {
    return this.#evaluationFailed(new EvaluationError(problem, location), this.flow, this.#previousEventId);
  }

  /** As `unusable`; on AWS this one alone follows the Entered event itself. */
  unusableTimestamp(problem: string): StateFailure {
    return this.#evaluationFailed(new EvaluationError(problem, 'Timestamp'), this.flow, this.enteredEventId);
  }

  /** Output and Assign of the state, of one of its catchers or of one of its rules. @throws StateFailure */
  async depart(
    outcome: StateEnd,
    passedOn: Json,
    next: string | undefined,
    seen: StateResults = {},
  ): Promise<Departure> {
    // Both see the variables from before the state.
    const assigned = outcome.assign === undefined ? undefined : await this.evaluate(outcome.assign, seen);
    const output = outcome.output === undefined ? passedOn : await this.evaluate(outcome.output, seen);
    if (output !== this.input && isTooLarge(output)) throw StateFailure.dataLimit(this.state.name);
    if (!isJsonObject(assigned)) return { output, assigned: undefined, next };
    if (isTooLarge(assigned)) throw StateFailure.dataLimit(this.state.name);
    return { output, assigned: Object.keys(assigned).length === 0 ? undefined : assigned, next };
  }

  exit({ output, assigned }: Departure): void {
    const { flow, state } = this;
    const details = { name: state.name, output };
    flow.record(`${state.type}StateExited`, assigned === undefined ? details : { ...details, assigned });
    if (assigned !== undefined) flow.variables = { ...flow.variables, ...assigned };
    flow.visit = undefined;
  }

  abort(failingEventId: number): void {
    const abortable = isGuarded(this.state) || this.state.type === 'Wait';
    if (abortable && !this.failed) this.flow.note(`${this.state.type}StateAborted`, {}, failingEventId);
  }

  #bindings(seen: StateResults, flow: Flow): Bindings {
    const states = { input: this.input, context: this.#context(flow), ...seen };
    return { ...flow.runtime.functions, ...flow.variables, states };
  }

  #context({ execution, mapItem }: Flow): JsonObject {
    const state = { Name: this.state.name, EnteredTime: this.#enteredTime };
    return {
      ...execution.context,
      State: isGuarded(this.state) ? { ...state, RetryCount: this.retryCount } : state,
      ...(this.taskToken === undefined ? {} : { Task: { Token: this.taskToken } }),
      ...(mapItem === undefined ? {} : { Map: { Item: mapItem } }),
    };
  }

  #evaluationFailed(error: EvaluationError, flow: Flow, previousEventId: number): StateFailure {
    const { name } = this.state;
    const where = `An error occurred while executing the state '${name}' (entered at the event id #${this.enteredEventId}).`;
    const failure = new StateFailure('States.QueryEvaluationError', `${where} ${error.message}`);
    const location = error.location === undefined ? {} : { location: error.location };
    flow.record('EvaluationFailed', { ...failure.details, state: name, ...location }, previousEventId);
    return failure;
  }
}
