/** One attempt of a Task: the call, the answer, and what ends it without an answer. */

import type { Json, JsonObject } from '#domain/json.ts';
import { present } from '#domain/present.ts';
import type { Timer } from '../clock.ts';
import { StateFailure } from './errors.ts';
import type { Execution } from './execution.ts';
import type { JsonTemplate } from './expression.ts';
import type { Flow } from './flow.ts';
import { childResult, type EventSource, eventSource, submit } from './integrations.ts';
import { isTooLarge } from './json.ts';
import { countMax, isCount } from './limits.ts';
import type { TaskState } from './machine.ts';
import type { StateVisit } from './visit.ts';

/** @throws StateFailure */
export async function runTask(visit: StateVisit, state: TaskState): Promise<Json> {
  const { flow } = visit;
  const { runtime } = flow;
  const { integration } = state;
  // Every attempt has a token of its own.
  if (integration.kind.endsWith('.waitForTaskToken')) visit.taskToken = runtime.uuid();
  const parameters = state.arguments === undefined ? visit.input : await visit.evaluate(state.arguments);
  if (isTooLarge(parameters)) throw StateFailure.dataLimit(state.name);
  const timeoutSeconds = await secondsOf(visit, 'TimeoutSeconds', state.timeoutSeconds);
  const heartbeatSeconds = await secondsOf(visit, 'HeartbeatSeconds', state.heartbeatSeconds);

  const events = new TaskEvents(flow, eventSource(integration));
  events.scheduled(parameters, timeoutSeconds, heartbeatSeconds);
  events.started();
  const deadlines = new Deadlines(flow, timeoutSeconds, heartbeatSeconds);
  const work = new Work(flow, deadlines, visit.taskToken);
  try {
    const submission = submit(runtime, integration, parameters);
    const answer = work.result.then((output) => ({ result: output }));
    const first = await flow.hold(Promise.race([submission, answer]));
    if ('result' in first) return events.succeeded(first.result);
    events.submitted(first.output);
    if (first.work !== 'token') work.follow(first.work);
    return events.succeeded(await flow.hold(work.result));
  } catch (error) {
    if (error instanceof StateFailure) events.failed(error, deadlines.passed);
    throw error;
  } finally {
    work.end();
  }
}

async function secondsOf(
  visit: StateVisit,
  field: string,
  template: JsonTemplate | undefined,
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const seconds = await visit.evaluateAs('number', template);
  if (isCount(seconds, 1)) return seconds;
  throw visit.unusable(
    `The ${field} field must be an integer of 1 to ${countMax}, but was: ${JSON.stringify(seconds)}`,
    field,
  );
}

/** TimeoutSeconds and HeartbeatSeconds of one attempt. */
class Deadlines {
  /** One of them has passed. */
  passed = false;
  #fail: (failure: StateFailure) => void = () => {};
  #heartbeat: Timer | undefined;
  readonly #timeout: Timer | undefined;
  readonly #flow: Flow;
  readonly #heartbeatSeconds: number | undefined;

  constructor(flow: Flow, timeoutSeconds: number | undefined, heartbeatSeconds: number | undefined) {
    this.#flow = flow;
    this.#heartbeatSeconds = heartbeatSeconds;
    this.#timeout = this.#arm(timeoutSeconds, () => StateFailure.timeout());
    this.restartHeartbeat();
  }

  onPassed(fail: (failure: StateFailure) => void): void {
    this.#fail = fail;
  }

  restartHeartbeat(): void {
    if (this.#heartbeat !== undefined) this.#flow.runtime.clock.cancel(this.#heartbeat);
    this.#heartbeat = this.#arm(this.#heartbeatSeconds, () => StateFailure.heartbeatTimeout());
  }

  cancel(): void {
    for (const timer of [this.#timeout, this.#heartbeat]) {
      if (timer !== undefined) this.#flow.runtime.clock.cancel(timer);
    }
  }

  #arm(seconds: number | undefined, failure: () => StateFailure): Timer | undefined {
    if (seconds === undefined) return undefined;
    return this.#flow.runtime.clock.after(seconds * 1000, () => {
      this.passed = true;
      this.#fail(failure());
    });
  }
}

/** What goes on outside the engine until it answers: a token that is out, a nested execution, a deadline. */
class Work {
  /** The first answer; rejects with StateFailure. */
  readonly result: Promise<Json>;
  readonly #flow: Flow;
  readonly #deadlines: Deadlines;
  readonly #token: string | undefined;
  readonly #watch: { done(): void };
  readonly #succeed: (output: Json) => void;
  readonly #fail: (failure: unknown) => void;
  #child: Execution | undefined;

  constructor(flow: Flow, deadlines: Deadlines, token: string | undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    this.result = promise;
    this.#succeed = resolve;
    this.#fail = reject;
    this.#flow = flow;
    this.#deadlines = deadlines;
    this.#token = token;
    this.#watch = flow.onClose(() => this.end());
    deadlines.onPassed(reject);
    if (token === undefined) return;
    const heartbeat = (): void => deadlines.restartHeartbeat();
    flow.runtime.tokens.open(token, { succeed: resolve, fail: reject, heartbeat });
  }

  /** The nested execution's end is the answer. */
  follow(child: Execution): void {
    this.#child = child;
    child.ended.then(() => childResult(child)).then(this.#succeed, this.#fail);
  }

  /** No answer counts any more; a nested execution that still runs is stopped, as AWS does for `.sync`. */
  end(): void {
    const { runtime } = this.#flow;
    this.#watch.done();
    this.#deadlines.cancel();
    if (this.#token !== undefined) runtime.tokens.close(this.#token);
    if (this.#child?.status === 'RUNNING') runtime.stopChild(this.#child);
  }
}

/** The two families of events: `LambdaFunction...` for a direct call, `Task...` for a service integration. */
class TaskEvents {
  readonly #flow: Flow;
  readonly #source: EventSource;
  readonly #family: string;
  /** Resource and type, which every event of a service integration repeats. */
  readonly #details: JsonObject;

  constructor(flow: Flow, source: EventSource) {
    const { resource, resourceType } = source;
    this.#flow = flow;
    this.#source = source;
    this.#family = resourceType === undefined ? 'LambdaFunction' : 'Task';
    this.#details = resourceType === undefined ? {} : { resource, resourceType };
  }

  scheduled(
    parameters: Json,
    timeoutInSeconds: number | undefined,
    heartbeatInSeconds: number | undefined,
  ): void {
    const direct = this.#source.resourceType === undefined;
    this.#record('Scheduled', {
      ...(direct ? { resource: this.#source.resource, input: parameters } : { parameters }),
      ...present({ timeoutInSeconds }),
      ...(heartbeatInSeconds === undefined || direct ? {} : { heartbeatInSeconds }),
    });
  }

  started(): void {
    this.#record('Started', {});
  }

  submitted(output: Json): void {
    this.#record('Submitted', { output });
  }

  succeeded(output: Json): Json {
    // `.sync:2` and the envelope of `lambda:invoke` may pass the limit although what they hold does not.
    if (isTooLarge(output)) throw StateFailure.dataLimit(this.#source.resourceType ?? this.#source.resource);
    this.#record('Succeeded', { output });
    return output;
  }

  failed(failure: StateFailure, timedOut: boolean): void {
    this.#record(timedOut ? 'TimedOut' : 'Failed', failure.details);
  }

  #record(what: string, details: JsonObject): void {
    this.#flow.record(`${this.#family}${what}`, { ...this.#details, ...details });
  }
}
