/**
 * What a JSONata expression reads of `$states`, and where that is refused. "Attempting to access $states.result or
 * $states.errorOutput in fields and states where they are not accessible will be caught at creation" (Step Functions
 * developer guide, "Transforming data with JSONata").
 */

/** What `$states` has in some fields only; `result` in Output and Assign of Task, Parallel and Map, the other in a catcher's. */
export type StatesMember = 'result' | 'errorOutput';

export interface StatesReading {
  /** Names after `$states`, of each place: `['context', 'Execution', 'Id']`. */
  readonly states: readonly (readonly string[])[];
  /** Without functions of its own an expression ends by itself. */
  readonly definesFunctions: boolean;
}

interface Node {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly steps?: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** @param ast the tree of jsonata's parser */
export function readingOf(ast: unknown): StatesReading {
  const states: (readonly string[])[] = [];
  let definesFunctions = false;
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (!isNode(node) || seen.has(node)) return;
    seen.add(node);
    if (node.type === 'lambda') definesFunctions = true;
    if (node.type === 'path' && Array.isArray(node.steps)) states.push(...namesAfterStates(node.steps));
    for (const part of Object.values(node)) visit(part);
  };
  visit(ast);
  return { states, definesFunctions };
}

/** None for a path that begins elsewhere. */
function namesAfterStates([first, ...steps]: readonly unknown[]): readonly (readonly string[])[] {
  if (!isNode(first) || first.type !== 'variable' || first.value !== 'states') return [];
  const names: string[] = [];
  for (const step of steps) {
    if (!isNode(step) || step.type !== 'name' || typeof step.value !== 'string') break;
    names.push(step.value);
  }
  return [names];
}

interface Members {
  readonly [name: string]: Members | 'anything';
}

/** The guide's "Context object fields". */
const context: Members = {
  Execution: {
    Id: 'anything',
    Input: 'anything',
    Name: 'anything',
    RoleArn: 'anything',
    StartTime: 'anything',
    RedriveCount: 'anything',
    RedriveTime: 'anything',
  },
  State: { EnteredTime: 'anything', Name: 'anything', RetryCount: 'anything' },
  StateMachine: { Id: 'anything', Name: 'anything' },
  Task: { Token: 'anything' },
  Map: { Item: { Index: 'anything', Key: 'anything', Value: 'anything', Source: 'anything' } },
};

/**
 * The first thing that is read and is not there, with what is.
 * @param member what `$states` has there besides input and context
 */
export function missingIn({ states }: StatesReading, member: StatesMember | undefined): string | undefined {
  const members: Members = {
    input: 'anything',
    context,
    ...(member === undefined ? {} : { [member]: 'anything' }),
  };
  for (const names of states) {
    let here: Members = members;
    for (const [depth, name] of names.entries()) {
      const next: Members[string] | undefined = Object.hasOwn(here, name) ? here[name] : undefined;
      const read = ['$states', ...names.slice(0, depth)].join('.');
      if (next === undefined)
        return `reads ${read}.${name}; ${read} has ${Object.keys(here).join(', ')} there`;
      if (next === 'anything') break;
      here = next;
    }
  }
  return undefined;
}
