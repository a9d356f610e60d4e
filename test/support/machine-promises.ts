/** What we promise of every machine, whichever plan it was made from: the same tests for the two machines. */
import validate from 'asl-validator';
import jsonata from 'jsonata';
import { describe, expect, it } from 'vitest';
import { errorNames, terminalErrors } from '#domain/errors.ts';
import { steps } from '#functions/catalogue.ts';
import type { StateMachineDefinition } from '#statemachines/language.ts';
import { retryClasses } from '#statemachines/retry.ts';
import {
  assignedBy,
  catchersOf,
  expressionsOf,
  functionOf,
  payloadOf,
  placesOf,
  reachableIn,
} from './machines.ts';

const definitionBytesMax = 1_000_000;
/** Of Step Functions, of Lambda, and of the sandbox that ends a function which takes too long. */
const awsError = /^((States|Lambda)\.[A-Z]\w+|Sandbox\.Timedout)$/;
/** What JSONata or Step Functions define. */
const builtIn = new Set(['states', 'lookup', 'merge', 'exists', 'not', 'parse', 'substring']);
/** Expressions that may be sent to a function: ids, numbers of attempts, verdicts, reasons (at most 500 characters). */
const sent =
  /^\$(releaseId|current|component|failure|reason|way|why|heldFrom|rearms|lookup\(\$attempts, [\w$"-]+\)( - 1)?|states\.context\.(Task\.Token|Execution\.(Id|Input(\.(releaseId|incident))?)))$/;
/** An id of the plan. The title of a task is the plan's own sentence. */
const idLengthMax = 40;
const sentences = new Set(['title']);

export function keepsPromises(machine: StateMachineDefinition): void {
  const places = placesOf(machine);
  const tasks = places.flatMap(({ name, state, around }) =>
    state.Type === 'Task' ? [{ name, state, around }] : [],
  );

  it('is valid ASL', () => {
    // The validator changes what it is given.
    const { isValid, errorsText } = validate(structuredClone(machine));
    expect(isValid ? '' : errorsText('\n')).toBe('');
  });

  it('is smaller than 1 MB', () => {
    expect(new TextEncoder().encode(JSON.stringify(machine)).length).toBeLessThan(definitionBytesMax);
  });

  it('gives each state a name of its own, of at most 80 characters', () => {
    const names = places.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => name.length > 80)).toEqual([]);
  });

  it('has no state that nothing leads to', () => {
    const scopes = new Set(places.map(({ scope }) => scope));
    const lost = [...scopes].flatMap((scope) => {
      const reached = reachableIn(scope);
      return Object.keys(scope.States).filter((name) => !reached.has(name));
    });
    expect(lost).toEqual([]);
  });

  it('writes every expression in JSONata', () => {
    const expressions = places.flatMap(({ state }) => expressionsOf(state));
    expect(expressions.length).toBeGreaterThan(0);
    for (const expression of expressions) expect(() => jsonata(expression), expression).not.toThrow();
  });

  it('reads only variables that something assigns, and shadows none', () => {
    const outer = new Set(Object.values(machine.States).flatMap(assignedBy));
    for (const { name, state, scope } of places) {
      const inner = Object.values(scope.States).flatMap(assignedBy);
      const known = new Set([...outer, ...inner, ...builtIn]);
      const read = expressionsOf(state).flatMap((expression) =>
        [...expression.matchAll(/\$([A-Za-z]\w*)/g)].map(([, variable = '']) => variable),
      );
      expect(
        read.filter((variable) => !known.has(variable)),
        name,
      ).toEqual([]);
      if (scope !== machine) expect(inner.filter((variable) => outer.has(variable))).toEqual([]);
    }
  });

  describe.each(tasks)('the task "$name"', ({ state, around }) => {
    it('has a limit, a named retry class, and somebody who catches', () => {
      expect(state.TimeoutSeconds).toBeGreaterThan(0);
      expect(state.HeartbeatSeconds ?? 0).toBeLessThan(state.TimeoutSeconds);
      expect(Object.values(retryClasses)).toContain(state.Retry);
      const caught = [...catchersOf(state), ...around].flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(caught).toContain('States.ALL');
    });

    it('calls a function that exists, with ids only', () => {
      expect(Object.keys(steps)).toContain(stepOf(functionOf(state)));
      const payload = payloadOf(state);
      expect(payload['contract']).toBe(1);
      const refused = Object.entries(payload).filter(([name, value]) => !isId(name, value));
      expect(refused).toEqual([]);
    });

    it('is told its token when it waits, and only then', () => {
      expect('token' in payloadOf(state)).toBe(state.Resource.endsWith('.waitForTaskToken'));
    });
  });

  it('retries and catches only errors that exist', () => {
    const known: readonly string[] = errorNames;
    const names = places.flatMap(({ state }) => [
      ...catchersOf(state).flatMap(({ ErrorEquals }) => ErrorEquals),
      ...(state.Type === 'Task' ? state.Retry.flatMap(({ ErrorEquals }) => ErrorEquals) : []),
    ]);
    expect(names.length).toBeGreaterThan(0);
    expect([...new Set(names)].filter((name) => !awsError.test(name) && !known.includes(name))).toEqual([]);
  });

  it('fails only with errors of the catalogue', () => {
    const errors = places.flatMap(({ state }) => (state.Type === 'Fail' ? [state.Error] : []));
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(terminalErrors).toContain(error);
  });
}

/** The name of a step in the ARN that `arnOf` made of it. */
export const stepOf = (functionName: string): string =>
  /:function:jalon-production-technicia-([a-z-]+):live/.exec(functionName)?.[1] ?? '';

function isId(name: string, value: unknown): boolean {
  if (typeof value === 'number' || value === true) return true;
  if (typeof value !== 'string') return false;
  const expression = /^\{% (.*) %\}$/s.exec(value)?.[1];
  if (expression !== undefined) return sent.test(expression);
  return value.length <= idLengthMax || sentences.has(name);
}
