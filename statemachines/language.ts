/**
 * The part of the Amazon States Language that our machines use (https://states-language.net/spec.html, JSONata),
 * and the three shapes of Task in the house. Pure data: no CDK, no SDK.
 */

import type { Json } from '#domain/json.ts';
import { present } from '#domain/present.ts';
import { type Retrier, type RetryClass, retryClasses } from './retry.ts';
import type { StepFunction } from './step-functions.ts';

/** Turns the name of a step into what ASL calls: an ARN on AWS, a name in rehearsal. */
export type FunctionNames = (step: StepFunction) => string;

type Fields = Readonly<Record<string, Json>>;

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Fields;
}
export interface ChoiceRule {
  readonly Condition: string;
  readonly Next: string;
  readonly Assign?: Fields;
}
type Transition = { readonly Next: string } | { readonly End: true };

export type Task = {
  readonly Type: 'Task';
  readonly Comment?: string;
  readonly Resource: string;
  readonly Arguments: Fields;
  readonly TimeoutSeconds: number;
  readonly HeartbeatSeconds?: number;
  readonly Retry: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Assign?: Fields;
  readonly Output?: Json;
} & Transition;
export type Parallel = {
  readonly Type: 'Parallel';
  readonly Comment?: string;
  readonly Branches: readonly Branch[];
  readonly Catch: readonly Catcher[];
  readonly Assign?: Fields;
  readonly Output?: Json;
} & Transition;
export type Choice = {
  readonly Type: 'Choice';
  readonly Comment?: string;
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
};
type Pass = { readonly Type: 'Pass'; readonly Assign?: Fields; readonly Output?: Json } & Transition;
type Succeed = { readonly Type: 'Succeed'; readonly Output?: Json };
type Fail = { readonly Type: 'Fail'; readonly Error: string; readonly Cause: string };

export type State = Task | Parallel | Choice | Pass | Succeed | Fail;
export type States = Readonly<Record<string, State>>;
export interface Branch {
  readonly StartAt: string;
  readonly States: States;
}
export interface StateMachineDefinition extends Branch {
  readonly Comment: string;
  readonly QueryLanguage: 'JSONata';
  readonly TimeoutSeconds: number;
}

/** A JSONata expression as ASL writes it. */
export const jsonata = (expression: string): string => `{% ${expression} %}`;
/** A text as a JSONata literal. */
export const literal = (text: string): string => JSON.stringify(text);

export const seconds = { minute: 60, hour: 3600, day: 86_400 } as const;

interface TaskOptions {
  readonly comment?: string;
  readonly payload: Fields;
  readonly assign?: Fields;
  readonly output?: Json;
  readonly next?: string;
  readonly retry?: RetryClass;
  readonly catches?: readonly Catcher[];
}

const transition = (next: string | undefined): Transition =>
  next === undefined ? { End: true } : { Next: next };

const shared = (options: TaskOptions) => ({
  Type: 'Task' as const,
  ...present({ Comment: options.comment }),
  Retry: retryClasses[options.retry ?? 'transient'],
  ...present({ Catch: options.catches, Assign: options.assign }),
  ...transition(options.next),
});

/** A step that answers at once; its answer is `$states.result.Payload`. */
export function call(functionName: string, options: TaskOptions): Task {
  return {
    ...shared(options),
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: functionName, Payload: options.payload },
    TimeoutSeconds: 2 * seconds.minute,
    Output: options.output ?? jsonata('$states.result.Payload'),
  };
}

/**
 * A step that parks a task token until a person, a script, a metric or a date settles it; the answer is
 * `$states.result`. `timeoutSeconds` is the last resort after every reminder and escalation, never the plan.
 */
export function wait(
  functionName: string,
  options: TaskOptions & { readonly timeoutSeconds: number; readonly heartbeatSeconds?: number },
): Task {
  return {
    ...shared(options),
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: {
      FunctionName: functionName,
      Payload: { ...options.payload, token: jsonata('$states.context.Task.Token') },
    },
    TimeoutSeconds: options.timeoutSeconds,
    ...present({ HeartbeatSeconds: options.heartbeatSeconds }),
    Output: options.output ?? jsonata('$states.result'),
  };
}

/** A Parallel with one branch, used as a try block: the console shows it as one box and one Catch guards it all. */
export function attempt(options: {
  readonly comment: string;
  readonly branch: Branch;
  readonly catches: readonly Catcher[];
  readonly assign?: Fields;
  readonly next: string;
}): Parallel {
  return {
    Type: 'Parallel',
    Comment: options.comment,
    Branches: [options.branch],
    Catch: options.catches,
    ...present({ Assign: options.assign }),
    Output: jsonata('$states.result[0]'),
    Next: options.next,
  };
}

const stateNameLengthMax = 80;

/** AWS wants state names unique over the whole machine, branches included. Throws RangeError. */
export function uniquelyNamed<T extends Branch>(machine: T): T {
  const seen = new Set<string>();
  const visit = ({ States }: Branch): void => {
    for (const [name, state] of Object.entries(States)) {
      if (seen.has(name)) throw sameName(name);
      seen.add(name);
      if (state.Type === 'Parallel') state.Branches.forEach(visit);
    }
  };
  visit(machine);
  return machine;
}

/** The states that a way leads to: what a plan never asks for has no state, and AWS refuses one that nothing leads to. */
export function reached(startAt: string, all: States): States {
  const found = new Set([startAt]);
  for (const name of found) {
    const state = all[name];
    for (const next of state === undefined ? [] : nextsOf(state)) found.add(next);
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => found.has(name)));
}

function nextsOf(state: State): readonly string[] {
  return [
    ...('Next' in state && state.Next !== undefined ? [state.Next] : []),
    ...('Catch' in state ? (state.Catch ?? []).map(({ Next }) => Next) : []),
    ...(state.Type === 'Choice'
      ? [...state.Choices, ...(state.Default === undefined ? [] : [{ Next: state.Default }])]
      : []
    ).map(({ Next }) => Next),
  ];
}

const sameName = (name: string) =>
  new RangeError(
    `state name "${name}" occurs twice: give the phases and rollback levels of the plan different names`,
  );

/** Refuses two states of one name and names that AWS would refuse, at generation and not at deployment. */
export function states(...entries: readonly (readonly [string, State])[]): States {
  const result: Record<string, State> = {};
  for (const [name, state] of entries) {
    if (name.length > stateNameLengthMax) {
      throw new RangeError(
        `state name "${name}" has ${name.length} characters; at most ${stateNameLengthMax} are allowed: shorten the name of its phase in the plan`,
      );
    }
    if (name in result) throw sameName(name);
    result[name] = state;
  }
  return result;
}
