/** Reading a definition field by field, so that what nobody reads is refused instead of ignored. */
import type { Json, JsonObject } from '#domain/json.ts';
import { DefinitionRefused } from './errors.ts';
import { compileTemplate, isExpression, type JsonTemplate } from './expression.ts';
import { isJsonObject } from './json.ts';
import type { StatesMember } from './reading.ts';

/** Fields of JSONPath, with what JSONata has in their place. */
const jsonPathFields: Readonly<Record<string, string>> = {
  InputPath: 'Arguments or Output',
  OutputPath: 'Output',
  Parameters: 'Arguments',
  Result: 'Output',
  ResultPath: 'Output',
  ResultSelector: 'Output',
  ItemsPath: 'Items',
  Iterator: 'ItemProcessor',
  Variable: 'Condition',
  SecondsPath: 'Seconds',
  TimestampPath: 'Timestamp',
  TimeoutSecondsPath: 'TimeoutSeconds',
  HeartbeatSecondsPath: 'HeartbeatSeconds',
  MaxConcurrencyPath: 'MaxConcurrency',
  ErrorPath: 'Error',
  CausePath: 'Cause',
};

const show = (value: Json | undefined): string => {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
};

interface NumberRange {
  readonly min: number;
  readonly max?: number;
  readonly integer?: boolean;
}

/** Every reader marks its field as known; `close` refuses the rest. All errors are `DefinitionRefused`. */
export class Fields {
  readonly path: string;
  readonly #object: JsonObject;
  readonly #known = new Set<string>();

  constructor(value: Json | undefined, path: string) {
    if (!isJsonObject(value)) throw new DefinitionRefused(path, `is ${show(value)}; expected an object`);
    this.#object = value;
    this.path = path;
  }

  at(name: string): string {
    return `${this.path}.${name}`;
  }

  has(name: string): boolean {
    return this.#object[name] !== undefined;
  }

  raw(name: string): Json | undefined {
    this.#known.add(name);
    return this.#object[name];
  }

  refuse(name: string, expected: string): never {
    throw new DefinitionRefused(this.at(name), `is ${show(this.#object[name])}; expected ${expected}`);
  }

  optionalText(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    return this.refuse(name, 'a text');
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.refuse(name, 'a text');
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const value = this.raw(name) ?? otherwise;
    return choices.find((choice) => choice === value) ?? this.refuse(name, `one of ${choices.join(', ')}`);
  }

  number(name: string, { min, max = Number.MAX_VALUE, integer = true }: NumberRange): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const fits =
      typeof value === 'number' && value >= min && value <= max && (!integer || Number.isInteger(value));
    const range = max === Number.MAX_VALUE ? `of at least ${min}` : `from ${min} to ${max}`;
    return fits ? value : this.refuse(name, `${integer ? 'an integer' : 'a number'} ${range}`);
  }

  list(name: string): readonly Json[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    return Array.isArray(value) ? (value as readonly Json[]) : this.refuse(name, 'an array');
  }

  texts(name: string): readonly string[] {
    const texts = this.list(name).filter((item) => typeof item === 'string');
    if (texts.length === 0 || texts.length < this.list(name).length)
      this.refuse(name, 'an array of texts, not empty');
    return texts;
  }

  /**
   * @param location the field's name in errors of the evaluation
   * @param member what it may read of `$states` besides input and context
   */
  template(name: string, location = name, member?: StatesMember): JsonTemplate | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : compileTemplate(value, location, this.at(name), member);
  }

  /** An object, or an expression that makes one. */
  objectTemplate(name: string): JsonTemplate | undefined {
    return this.expressionOr(name, 'an object', isJsonObject);
  }

  /** An expression, or a constant for which `accepts` holds. */
  expressionOr(
    name: string,
    expected: string,
    accepts: (constant: Json) => boolean,
    location = name,
  ): JsonTemplate | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (!isExpression(value) && !accepts(value)) this.refuse(name, `${expected} or a JSONata expression`);
    return this.template(name, location);
  }

  /** Names and values of an object whose names are free. */
  entries(): readonly (readonly [string, Json])[] {
    return Object.entries(this.#object);
  }

  /** @throws DefinitionRefused for the first field that nobody asked for */
  close(what: string): void {
    const unknown = Object.keys(this.#object).find((name) => !this.#known.has(name));
    if (unknown === undefined) return;
    const instead = jsonPathFields[unknown];
    const supported = `${what} supports ${[...this.#known].sort().join(', ')}`;
    const problem =
      instead === undefined
        ? `is not supported; ${supported}`
        : `is a field of JSONPath; in JSONata use ${instead}`;
    throw new DefinitionRefused(this.at(unknown), problem);
  }
}
