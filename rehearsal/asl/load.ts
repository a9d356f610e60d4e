/**
 * From a definition to a machine. What the engine does not support is refused here, never ignored at run
 * time.
 */
import type { Json } from '#domain/json.ts';
import { DefinitionRefused } from './errors.ts';
import { Fields } from './fields.ts';
import { countMax, definitionBytesMax, nameLengthMax } from './limits.ts';
import { loadState } from './load-state.ts';
import type { Machine, MachineState, StateScope } from './machine.ts';

/** Names that must be unique in the whole machine, and variables that inner scopes may read but not set. */
export interface Scope {
  readonly stateNames: Set<string>;
  readonly outerVariables: ReadonlySet<string>;
}

/**
 * @param definition an Amazon States Language definition as JSON text or parsed
 * @throws DefinitionRefused with the path in the definition, the value found and what is supported there
 */
export function loadMachine(definition: unknown): Machine {
  const parsed = typeof definition === 'string' ? (JSON.parse(definition) as Json) : (definition as Json);
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  if (Buffer.byteLength(text) > definitionBytesMax)
    throw new DefinitionRefused('definition', `is longer than ${definitionBytesMax} bytes`);
  const fields = new Fields(parsed, 'definition');
  fields.oneOf('Version', ['1.0'], '1.0');
  if (fields.raw('QueryLanguage') !== 'JSONata')
    fields.refuse('QueryLanguage', '"JSONata"; JSONPath is not supported');
  const comment = fields.optionalText('Comment');
  const timeoutSeconds = fields.number('TimeoutSeconds', { min: 1, max: countMax });
  const block = loadBlock(fields, { stateNames: new Set(), outerVariables: new Set() });
  fields.close('a state machine');
  return { ...block, comment, timeoutSeconds, definition: parsed as Machine['definition'] };
}

/** Reads StartAt and States; the caller closes `fields`. */
export function loadBlock(fields: Fields, scope: Scope): StateScope {
  const startAt = fields.text('StartAt');
  const statesFields = new Fields(fields.raw('States'), fields.at('States'));
  const entries = statesFields.entries();
  if (entries.length === 0) fields.refuse('States', 'at least one state');
  const outerVariables = new Set([
    ...scope.outerVariables,
    ...variablesOf(statesFields, scope.outerVariables),
  ]);
  const states = new Map<string, MachineState>();
  for (const [name, value] of entries) {
    const path = statesFields.at(name);
    if (scope.stateNames.has(name)) {
      throw new DefinitionRefused(
        path,
        'another state of this machine has the same name; expected a name of its own',
      );
    }
    scope.stateNames.add(name);
    states.set(name, loadState(name, new Fields(value, path), { ...scope, outerVariables }));
  }
  checkTransitions(startAt, states, fields);
  return { startAt, states };
}

/** The guide's "Variable name syntax": an identifier of Unicode's annex 31. */
const variableName = /^\p{ID_Start}\p{ID_Continue}*$/u;

/** Variables that the states of one scope set, themselves or in their catchers and rules. */
function variablesOf(states: Fields, outerVariables: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  const collect = (assign: Json | undefined, path: string): void => {
    if (assign === undefined) return;
    for (const [name] of new Fields(assign, path).entries()) {
      if (name === 'states') throw new DefinitionRefused(`${path}.${name}`, 'the name "states" is reserved');
      if (!variableName.test(name) || name.length > nameLengthMax) {
        throw new DefinitionRefused(
          `${path}.${name}`,
          `is no name of a variable; expected a Unicode identifier of at most ${nameLengthMax} characters`,
        );
      }
      if (outerVariables.has(name)) {
        throw new DefinitionRefused(
          `${path}.${name}`,
          'a scope around this one sets this variable; only there may it be set',
        );
      }
      names.add(name);
    }
  };
  for (const [name, value] of states.entries()) {
    const state = new Fields(value, states.at(name));
    collect(state.raw('Assign'), state.at('Assign'));
    for (const list of ['Catch', 'Choices']) {
      for (const [index, item] of state.list(list).entries()) {
        const path = `${state.at(list)}[${index}]`;
        collect(new Fields(item, path).raw('Assign'), `${path}.Assign`);
      }
    }
  }
  return names;
}

/** Every target exists in its scope, every state can be reached, and one of them is the last. */
function checkTransitions(startAt: string, states: ReadonlyMap<string, MachineState>, fields: Fields): void {
  const reached = new Set<string>();
  const visit = (target: string, path: string): void => {
    const state = states.get(target);
    if (state === undefined) {
      throw new DefinitionRefused(path, `is "${target}"; expected one of ${[...states.keys()].join(', ')}`);
    }
    if (reached.has(target)) return;
    reached.add(target);
    const statePath = `${fields.at('States')}.${target}`;
    if (state.next !== undefined)
      visit(state.next, `${statePath}.${state.type === 'Choice' ? 'Default' : 'Next'}`);
    const [list, others] =
      state.type === 'Choice' ? ['Choices', state.choices] : ['Catch', 'catch' in state ? state.catch : []];
    for (const [index, { next }] of others.entries()) visit(next, `${statePath}.${list}[${index}].Next`);
  };
  visit(startAt, fields.at('StartAt'));
  const unreachable = [...states.keys()].find((name) => !reached.has(name));
  if (unreachable !== undefined) {
    throw new DefinitionRefused(
      `${fields.at('States')}.${unreachable}`,
      'no transition leads to this state; expected one',
    );
  }
  const last = states.values().some(({ type, next }) => type !== 'Choice' && next === undefined);
  if (!last)
    throw new DefinitionRefused(
      fields.at('States'),
      'none ends it; expected a state with "End": true, a Succeed or a Fail',
    );
}
