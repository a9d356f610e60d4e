/** JSONata expressions and templates: compiled once at load, evaluated often. */

import jsonata from 'jsonata';
import type { Json } from '#domain/json.ts';
import { bound, Effort, effortName } from './effort.ts';
import { DefinitionRefused } from './errors.ts';
import { isJsonObject, typeName } from './json.ts';
import { missingIn, readingOf, type StatesMember, type StatesReading } from './reading.ts';

/** Names an expression may read: `states`, the variables, and AWS's functions. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Why an expression gave no value. `problem` is AWS's text from "The JSONata expression" on. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  /** Field as AWS writes it, for example `Output/result`. */
  readonly location: string | undefined;
  constructor(problem: string, location?: string) {
    super(problem);
    this.location = location;
  }
}

/** A JSON value in which texts of the form `{% … %}` are expressions. */
export interface JsonTemplate {
  /** The value itself when it holds no expression, so that nothing need be awaited. */
  readonly constant: Json | undefined;
  /** @throws EvaluationError */
  evaluate(bindings: Bindings): Promise<Json>;
  /** `evaluate`, with the type that the field requires. */
  evaluateAs(expected: 'string' | 'number' | 'boolean' | 'array', bindings: Bindings): Promise<Json>;
}

const isFunction = (value: object): boolean =>
  typeof value === 'function' || '_jsonata_lambda' in value || '_jsonata_function' in value;

/**
 * JSONata marks its own arrays as sequences, and a sequence that gets back into an expression behaves
 * differently from an array. Copies those arrays and the objects that hold them, and nothing else; throws for
 * a function.
 */
function plain(value: unknown, unsupported: () => EvaluationError): Json {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function') throw unsupported();
    return value as Json;
  }
  if (isFunction(value)) throw unsupported();
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item, unsupported));
    const marked = 'sequence' in value || 'cons' in value;
    const same = !marked && items.every((item, index) => item === value[index]);
    return same ? (value as Json) : items;
  }
  const entries = Object.entries(value);
  let changed = false;
  const copy = entries.map(([name, member]): [string, Json] => {
    const clean = plain(member, unsupported);
    changed ||= clean !== member;
    return [name, clean];
  });
  return changed ? Object.fromEntries(copy) : (value as Json);
}

interface Compiled {
  readonly expression: jsonata.Expression;
  readonly reading: StatesReading;
}

/**
 * Compiled expressions by source: a generated machine repeats few sources in many states, and parsing is
 * slow.
 */
const compiled = new Map<string, Compiled>();
const compiledMax = 10_000;

function compile(source: string): Compiled {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const expression = jsonata(source);
  const reading = readingOf(expression.ast());
  if (reading.definesFunctions) bound(expression);
  if (compiled.size >= compiledMax) compiled.clear();
  compiled.set(source, { expression, reading });
  return { expression, reading };
}

const simplePath = /^\$\w+(\.(?!(and|or|in|true|false|null)\b)[A-Za-z_]\w*)*$/;

/**
 * Most expressions are `$states.input.a.b`, a walk through objects that needs no interpreter. Where the walk
 * meets anything else (an array, nothing, a function) JSONata decides.
 * @returns undefined when JSONata must decide
 */
function walk(names: readonly string[], bindings: Bindings): Json | undefined {
  let value: unknown = bindings;
  for (const name of names) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) {
      return undefined;
    }
    value = (value as Bindings)[name];
  }
  return typeof value === 'function' ? undefined : (value as Json | undefined);
}

class ExpressionTemplate implements JsonTemplate {
  readonly constant = undefined;
  readonly #source: string;
  readonly #location: string;
  readonly #compiled: Compiled;
  /** Names of a simple path. */
  readonly #names: readonly string[] | undefined;

  constructor(source: string, location: string, path: string, member: StatesMember | undefined) {
    this.#source = source;
    this.#location = location;
    this.#names = simplePath.test(source) ? source.slice(1).split('.') : undefined;
    try {
      this.#compiled = compile(source);
    } catch (error) {
      throw new DefinitionRefused(path, `"${source}" is not JSONata: ${describe(error)}`);
    }
    const missing = missingIn(this.#compiled.reading, member);
    if (missing !== undefined) throw new DefinitionRefused(path, `"${source}" ${missing}`);
  }

  async evaluate(bindings: Bindings): Promise<Json> {
    const value = this.#names === undefined ? undefined : walk(this.#names, bindings);
    if (value !== undefined) return value;
    const { expression, reading } = this.#compiled;
    const seen = reading.definesFunctions ? { ...bindings, [effortName]: new Effort() } : bindings;
    let result: unknown;
    try {
      result = await expression.evaluate(undefined, seen);
    } catch (error) {
      throw this.#failed(`threw an error during evaluation. ${describe(error)}`);
    }
    if (result === undefined) throw this.#failed('returned nothing (undefined).');
    return plain(result, () => this.#failed('returned an unsupported result type.'));
  }

  async evaluateAs(expected: string, bindings: Bindings): Promise<Json> {
    const value = await this.evaluate(bindings);
    const actual = typeName(value);
    if (actual === expected) return value;
    throw this.#failed(
      `returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    );
  }

  #failed(problem: string): EvaluationError {
    const text = `The JSONata expression '${this.#source}' specified for the field '${this.#location}' ${problem}`;
    return new EvaluationError(text, this.#location);
  }
}

/** A constant, an array or an object; `build` makes its value of the values of its parts. */
class CompositeTemplate implements JsonTemplate {
  readonly constant: Json | undefined;
  readonly #parts: readonly JsonTemplate[];
  readonly #build: (parts: Json[]) => Json;

  constructor(parts: readonly JsonTemplate[], build: (parts: Json[]) => Json) {
    this.#parts = parts;
    this.#build = build;
    const constants = parts.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
    this.constant = constants.length === parts.length ? build(constants) : undefined;
  }

  async evaluate(bindings: Bindings): Promise<Json> {
    if (this.constant !== undefined) return this.constant;
    const values: Json[] = [];
    for (const part of this.#parts) values.push(part.constant ?? (await part.evaluate(bindings)));
    return this.#build(values);
  }

  // Of the fields with a required type only `Items` may be composite, and load has seen that it is an array.
  evaluateAs(_expected: string, bindings: Bindings): Promise<Json> {
    return this.evaluate(bindings);
  }
}

const opening = '{%';
const closing = '%}';

export const isExpression = (value: Json): boolean =>
  typeof value === 'string' && value.startsWith(opening) && value.endsWith(closing) && value.length >= 4;

/**
 * "Improperly opening or closing the expression will result in a validation error." Recorded on AWS: with spaces outside of it
 * the whole is a text.
 */
const isHalfExpression = (text: string): boolean => text.startsWith(opening) !== text.endsWith(closing);

/**
 * @param location the field as AWS names it in errors, for example `Output`
 * @param path the field in the definition, for errors at load
 * @param member what expressions of the field may read of `$states` besides input and context
 * @throws DefinitionRefused
 */
export function compileTemplate(
  value: Json,
  location: string,
  path: string,
  member?: StatesMember,
): JsonTemplate {
  if (typeof value === 'string' && isExpression(value)) {
    const source = value.slice(opening.length, -closing.length).trim();
    return new ExpressionTemplate(source, location, path, member);
  }
  if (typeof value === 'string' && isHalfExpression(value)) {
    throw new DefinitionRefused(
      path,
      `"${value}" is half an expression; one begins with "${opening}" and ends with "${closing}"`,
    );
  }
  if (Array.isArray(value)) {
    const parts = value.map((item: Json, index) =>
      compileTemplate(item, `${location}[${index}]`, `${path}[${index}]`, member),
    );
    return new CompositeTemplate(parts, (values) => values);
  }
  if (isJsonObject(value)) {
    const names = Object.keys(value);
    const parts = Object.entries(value).map(([name, part]) =>
      compileTemplate(part, `${location}/${name}`, `${path}.${name}`, member),
    );
    return new CompositeTemplate(parts, (values) =>
      Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])),
    );
  }
  return new CompositeTemplate([], () => value);
}

/** JSONata throws plain objects with `code` and `message`; our own functions throw errors. */
function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const message = 'message' in error ? String(error.message) : '';
  return 'code' in error ? `${String(error.code)}: ${message}` : message;
}
