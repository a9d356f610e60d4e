/**
 * A definition as a Mermaid flowchart: a phase is a box around its states, a Catch is a dotted arrow, a state that waits
 * for somebody has round ends. GitHub draws at most 500 arrows and 50,000 characters; a test holds our graphs to that.
 */

import { unreachable } from '#domain/unreachable.ts';
import type { Branch, State, StateMachineDefinition } from './language.ts';
import { releaseStates } from './names.ts';

/** Longer conditions are cut: the graph shows the way, the definition the rule. */
const conditionLengthMax = 40;

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'catch';
  readonly label?: string;
}

/** The whole machine. */
export function flowchart(definition: StateMachineDefinition): string {
  const names = new Names();
  const lines = ['flowchart TD', ...draw(definition, names, '  ')];
  return `${lines.join('\n')}\n`;
}

function draw(branch: Branch, names: Names, indent: string): readonly string[] {
  const start = names.fresh();
  const states = Object.entries(branch.States);
  return [
    `${indent}${start}(( )) --> ${names.of(branch.StartAt)}`,
    ...states.flatMap(([name, state]) => node(name, state, names, indent)),
    ...states.flatMap(([name, state]) => arrowsOf(name, state)).map((arrow) => drawn(arrow, names, indent)),
  ];
}

function node(name: string, state: State, names: Names, indent: string): readonly string[] {
  const id = names.of(name);
  const label = escaped(name);
  switch (state.Type) {
    case 'Parallel':
      return [
        `${indent}subgraph ${id}["${label}"]`,
        ...state.Branches.flatMap((branch) => draw(branch, names, `${indent}  `)),
        `${indent}end`,
      ];
    case 'Choice':
      return [`${indent}${id}{"${label}"}`];
    case 'Succeed':
    case 'Fail':
      return [`${indent}${id}((("${label}")))`];
    case 'Pass':
      return [`${indent}${id}["${label}"]`];
    case 'Task':
      return [
        state.Resource.endsWith('.waitForTaskToken')
          ? `${indent}${id}(["${label}"])`
          : `${indent}${id}["${label}"]`,
      ];
    default:
      return unreachable(state);
  }
}

function arrowsOf(from: string, state: State): readonly Arrow[] {
  const arrows: Arrow[] = [];
  if ('Next' in state) arrows.push({ from, to: state.Next, kind: 'next' });
  if (state.Type === 'Choice') {
    for (const { Condition, Next } of state.Choices) {
      arrows.push({ from, to: Next, kind: 'next', label: conditionLabel(Condition) });
    }
    if (state.Default !== undefined)
      arrows.push({ from, to: state.Default, kind: 'next', label: 'otherwise' });
  }
  if ('Catch' in state) {
    for (const { ErrorEquals, Next } of state.Catch ?? []) {
      arrows.push({
        from,
        to: Next,
        kind: 'catch',
        label: ErrorEquals.map(errorLabel).join(', '),
      });
    }
  }
  return arrows;
}

function drawn({ from, to, kind, label }: Arrow, names: Names, indent: string): string {
  const line = kind === 'catch' ? '-.->' : '-->';
  const text = label === undefined ? '' : `|"${escaped(label)}"|`;
  return `${indent}${names.of(from)} ${line}${text} ${names.of(to)}`;
}

const errorLabel = (error: string) => (error === 'States.ALL' ? 'any error' : error.replace('States.', ''));

function conditionLabel(condition: string): string {
  const text = condition.replace(/^\{% | %\}$/g, '').replace('$states.context.Execution.Input.', '');
  return text.length > conditionLengthMax ? `${text.slice(0, conditionLengthMax - 1)}…` : text;
}

/** Characters that would end a label in Mermaid. */
const escaped = (text: string) =>
  text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');

/** Short identifiers, in the order of their first use. */
class Names {
  readonly #ids = new Map<string, string>();
  #count = 0;

  of(name: string): string {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.fresh();
    this.#ids.set(name, id);
    return id;
  }

  fresh(): string {
    this.#count += 1;
    return `s${this.#count}`;
  }
}

/** States that the overview keeps beside phases, rollback levels and ends: where ways meet. */
const crossroads = new Set<string>([
  releaseStates.chooseRollback,
  releaseStates.decision,
  releaseStates.resume,
]);

/** Phases and outcomes only; an arrow stands for the ways between two of them, dotted when only a Catch leads there. */
export function overview(definition: StateMachineDefinition): string {
  const names = new Names();
  const kept = Object.entries(definition.States).filter(([name, state]) => isLandmark(name, state));
  const landmarks = new Set(kept.map(([name]) => name));
  const first = landmarks.has(definition.StartAt)
    ? [definition.StartAt]
    : [...reach(definition, definition.StartAt, landmarks).keys()].slice(0, 1);
  const lines = [
    'flowchart TD',
    ...first.map((name) => `  ${names.fresh()}(( )) --> ${names.of(name)}`),
    ...kept.map(([name, state]) => landmark(name, state, names)),
    ...kept.flatMap(([from]) =>
      [...reach(definition, from, landmarks)].map(([to, kind]) => drawn({ from, to, kind }, names, '  ')),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const isLandmark = (name: string, { Type }: State) =>
  Type === 'Parallel' || Type === 'Succeed' || Type === 'Fail' || crossroads.has(name);

function landmark(name: string, state: State, names: Names): string {
  const label = escaped(name);
  if (state.Type === 'Succeed' || state.Type === 'Fail') return `  ${names.of(name)}((("${label}")))`;
  return crossroads.has(name) ? `  ${names.of(name)}{"${label}"}` : `  ${names.of(name)}["${label}"]`;
}

/** The landmarks next to a state, through whatever lies between. */
function reach(
  definition: StateMachineDefinition,
  from: string,
  landmarks: ReadonlySet<string>,
): ReadonlyMap<string, Arrow['kind']> {
  const found = new Map<string, Arrow['kind']>();
  const seen = new Set<string>();
  const walk = (name: string, before: Arrow['kind']) => {
    const state = definition.States[name];
    if (!state || seen.has(`${name} ${before}`)) return;
    seen.add(`${name} ${before}`);
    for (const arrow of arrowsOf(name, state)) {
      const kind = before === 'catch' ? before : arrow.kind;
      if (!landmarks.has(arrow.to)) walk(arrow.to, kind);
      else if (found.get(arrow.to) !== 'next') found.set(arrow.to, kind);
    }
  };
  walk(from, 'next');
  return found;
}
