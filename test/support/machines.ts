/** Looking at a definition: its states wherever they are, and what each leads to. */
import type { Branch, Catcher, State } from '#statemachines/language.ts';

export interface Place {
  readonly name: string;
  readonly state: State;
  /** The states among which its transitions stay. */
  readonly scope: Branch;
  /** Catchers of the Parallel states around it. */
  readonly around: readonly Catcher[];
}

export function placesOf(scope: Branch, around: readonly Catcher[] = []): readonly Place[] {
  return Object.entries(scope.States).flatMap(([name, state]) => [
    { name, state, scope, around },
    ...(state.Type === 'Parallel'
      ? state.Branches.flatMap((branch) => placesOf(branch, [...around, ...state.Catch]))
      : []),
  ]);
}

export const catchersOf = (state: State): readonly Catcher[] => ('Catch' in state ? (state.Catch ?? []) : []);

/** Every state that may come next, whatever happens. */
export function nextOf(state: State): readonly string[] {
  return [
    ...('Next' in state ? [state.Next] : []),
    ...catchersOf(state).map(({ Next }) => Next),
    ...(state.Type === 'Choice' ? state.Choices.map(({ Next }) => Next) : []),
    ...(state.Type === 'Choice' && state.Default !== undefined ? [state.Default] : []),
  ];
}

/** Names of the states of one scope that its start leads to. */
export function reachableIn({ StartAt, States }: Branch): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = States[name];
    if (reached.has(name) || state === undefined) continue;
    reached.add(name);
    open.push(...nextOf(state));
  }
  return reached;
}

/** The names of the variables that a state assigns, on whichever way out of it. */
export function assignedBy(state: State): readonly string[] {
  const assigns = [
    'Assign' in state ? state.Assign : undefined,
    ...catchersOf(state).map(({ Assign }) => Assign),
    ...(state.Type === 'Choice' ? state.Choices.map(({ Assign }) => Assign) : []),
  ];
  return assigns.flatMap((assign) => Object.keys(assign ?? {}));
}

/** Every JSONata expression in a value, without its `{% %}`. */
function expressionsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    const expression = /^\{%(.*)%\}$/s.exec(value)?.[1];
    return expression === undefined ? [] : [expression.trim()];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(expressionsIn);
}

/** The expressions of a state itself, not those of the states inside it. */
export const expressionsOf = (state: State): readonly string[] =>
  expressionsIn(state.Type === 'Parallel' ? { ...state, Branches: [] } : state);

/** What a Task sends to its function; `{}` for any other state. */
export function payloadOf(state: State): Readonly<Record<string, unknown>> {
  if (state.Type !== 'Task') return {};
  const payload = state.Arguments['Payload'];
  return typeof payload === 'object' && payload !== null ? { ...payload } : {};
}

/** As long as a real ARN, so that the size of the definition is the real one. */
export const arnOf = (step: string) =>
  `arn:aws:lambda:eu-west-3:123456789012:function:jalon-production-technicia-${step}:live-0123456789abcdef`;

export const functionOf = (state: State): string =>
  state.Type === 'Task' ? String(state.Arguments['FunctionName']) : '';
