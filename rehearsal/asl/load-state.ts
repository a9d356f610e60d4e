/** One state of a definition, by its type. */
import type { Json } from '#domain/json.ts';
import { Fields } from './fields.ts';
import { isJsonObject } from './json.ts';
import { countMax, delaySecondsMax, isCount, nameLengthMax } from './limits.ts';
import { loadBlock, type Scope } from './load.ts';
import type { CatchRule, ChoiceCase, Integration, MachineState, RetryRule, StateEnd } from './machine.ts';
import type { StatesMember } from './reading.ts';
import { isTimestamp } from './timestamp.ts';

const stateTypes = ['Pass', 'Task', 'Choice', 'Wait', 'Parallel', 'Map', 'Succeed', 'Fail'] as const;

const isSeconds = (value: Json): boolean => isCount(value, 1);
const isNumberOfItems = (value: Json): boolean => isCount(value, 0);
const isText = (value: Json): boolean => typeof value === 'string';

/** @throws DefinitionRefused */
export function loadState(name: string, fields: Fields, scope: Scope): MachineState {
  const type = stateTypes.find((known) => known === fields.raw('Type'));
  if (type === undefined) fields.refuse('Type', `one of ${stateTypes.join(', ')}`);
  if (name === '' || name.length > nameLengthMax)
    fields.refuse('Type', `a state whose name has 1 to ${nameLengthMax} characters`);
  fields.optionalText('Comment');
  fields.oneOf('QueryLanguage', ['JSONata'], 'JSONata');
  const state = loaders[type](name, fields, scope);
  fields.close(`a ${type} state`);
  return state;
}

type Loader = (name: string, fields: Fields, scope: Scope) => MachineState;

const loaders: Readonly<Record<(typeof stateTypes)[number], Loader>> = {
  Pass: (name, fields) => ({ type: 'Pass', name, next: transition(fields), ...outcome(fields) }),
  Succeed: (name, fields) => ({
    type: 'Succeed',
    name,
    next: undefined,
    output: fields.template('Output'),
    assign: undefined,
  }),
  Fail: (name, fields) => ({
    type: 'Fail',
    name,
    next: undefined,
    output: undefined,
    assign: undefined,
    error: fields.expressionOr('Error', 'a text', isText),
    cause: fields.expressionOr('Cause', 'a text', isText),
  }),
  Wait: loadWait,
  Choice: loadChoice,
  Task: loadTask,
  Parallel: loadParallel,
  Map: loadMap,
};

function transition(fields: Fields): string | undefined {
  const next = fields.optionalText('Next');
  const end = fields.raw('End');
  if (end !== undefined && end !== true) fields.refuse('End', 'true, or no End');
  if ((end === true) === (next !== undefined)) fields.refuse('Next', 'either Next or "End": true');
  return next;
}

const outcome = (fields: Fields, member?: StatesMember, prefix = ''): StateEnd => ({
  output: fields.template('Output', `${prefix}Output`, member),
  assign: fields.template('Assign', `${prefix}Assign`, member),
});

function loadWait(name: string, fields: Fields): MachineState {
  const seconds = fields.expressionOr('Seconds', `an integer from 0 to ${countMax}`, isNumberOfItems);
  const timestamp = fields.expressionOr('Timestamp', 'an ISO 8601 date and time with offset', isTimestamp);
  const value = seconds ?? timestamp;
  if (value === undefined || (seconds !== undefined && timestamp !== undefined)) {
    fields.refuse('Seconds', 'either Seconds or Timestamp');
  }
  const until = seconds === undefined ? 'Timestamp' : 'Seconds';
  return { type: 'Wait', name, until, value, next: transition(fields), ...outcome(fields) };
}

function loadChoice(name: string, fields: Fields): MachineState {
  const choices = fields.list('Choices').map((value, index): ChoiceCase => {
    const prefix = `Choices[${index}]`;
    const rule = new Fields(value, fields.at(prefix));
    const isBoolean = (constant: Json): boolean => typeof constant === 'boolean';
    const condition =
      rule.expressionOr('Condition', 'true, false', isBoolean, `${prefix}/Condition`) ??
      rule.refuse('Condition', 'a JSONata expression');
    const loaded = { condition, next: rule.text('Next'), ...outcome(rule, undefined, `${prefix}/`) };
    rule.optionalText('Comment');
    rule.close('a rule of a Choice');
    return loaded;
  });
  if (choices.length === 0) fields.refuse('Choices', 'at least one rule');
  return { type: 'Choice', name, choices, next: fields.optionalText('Default'), ...outcome(fields) };
}

function loadTask(name: string, fields: Fields): MachineState {
  const integration = loadIntegration(fields);
  const seconds = `an integer from 1 to ${countMax}`;
  const timeoutSeconds = fields.expressionOr('TimeoutSeconds', seconds, isSeconds);
  const heartbeatSeconds = fields.expressionOr('HeartbeatSeconds', seconds, isSeconds);
  const timeout = timeoutSeconds?.constant;
  const heartbeat = heartbeatSeconds?.constant;
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout) {
    fields.refuse('HeartbeatSeconds', `less than TimeoutSeconds (${timeout})`);
  }
  if (integration.kind !== 'lambda') checkArguments(integration.kind, fields);
  return {
    type: 'Task',
    name,
    integration,
    arguments: fields.objectTemplate('Arguments'),
    timeoutSeconds,
    heartbeatSeconds,
    ...guards(fields),
    next: transition(fields),
    ...outcome(fields, 'result'),
  };
}

const integrationKinds = [
  'lambda:invoke',
  'lambda:invoke.waitForTaskToken',
  'states:startExecution',
  'states:startExecution.sync:2',
] as const;
const functionArn =
  /^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:([\w-]{1,128}|\$LATEST))?$/;

/** Members of an integration's Arguments that the engine heeds; AWS requires the first one. */
const argumentNames = {
  lambda: ['FunctionName', 'Payload'],
  states: ['StateMachineArn', 'Input', 'Name'],
} as const;

/** "The field is required but was missing", "is not supported by Step Functions": what AWS says of Arguments at creation. */
function checkArguments(kind: (typeof integrationKinds)[number], fields: Fields): void {
  const [required, ...others] = argumentNames[kind.startsWith('lambda') ? 'lambda' : 'states'];
  const given = fields.raw('Arguments');
  if (given === undefined) fields.refuse('Arguments', `an object with ${required}`);
  if (!isJsonObject(given)) return;
  const members = new Fields(given, fields.at('Arguments'));
  if (members.text(required) === '') members.refuse(required, 'a text that is not empty');
  for (const name of others) members.raw(name);
  members.close(`the integration ${kind}`);
}

function loadIntegration(fields: Fields): Integration {
  const resource = fields.text('Resource');
  const kind = integrationKinds.find((known) => resource === `arn:aws:states:::${known}`);
  if (kind !== undefined) return { kind };
  if (functionArn.test(resource)) return { kind: 'lambda', arn: resource };
  const services = integrationKinds.map((known) => `arn:aws:states:::${known}`);
  return fields.refuse('Resource', `the ARN of a Lambda function or one of ${services.join(', ')}`);
}

function loadParallel(name: string, fields: Fields, scope: Scope): MachineState {
  const branches = fields.list('Branches').map((value, index) => {
    const branch = new Fields(value, fields.at(`Branches[${index}]`));
    branch.optionalText('Comment');
    branch.oneOf('QueryLanguage', ['JSONata'], 'JSONata');
    const block = loadBlock(branch, scope);
    branch.close('a branch');
    return block;
  });
  if (branches.length === 0) fields.refuse('Branches', 'at least one branch');
  return {
    type: 'Parallel',
    name,
    branches,
    arguments: fields.objectTemplate('Arguments'),
    ...guards(fields),
    next: transition(fields),
    ...outcome(fields, 'result'),
  };
}

function loadMap(name: string, fields: Fields, scope: Scope): MachineState {
  const processor = new Fields(fields.raw('ItemProcessor'), fields.at('ItemProcessor'));
  const config = processor.raw('ProcessorConfig');
  if (config !== undefined) {
    const mode = new Fields(config, processor.at('ProcessorConfig'));
    mode.oneOf('Mode', ['INLINE'], 'INLINE');
    mode.close('ProcessorConfig');
  }
  processor.optionalText('Comment');
  processor.oneOf('QueryLanguage', ['JSONata'], 'JSONata');
  const block = loadBlock(processor, scope);
  processor.close('ItemProcessor');
  return {
    type: 'Map',
    name,
    processor: block,
    items: fields.expressionOr('Items', 'an array', Array.isArray),
    itemSelector: fields.objectTemplate('ItemSelector'),
    maxConcurrency: fields.expressionOr('MaxConcurrency', 'an integer of at least 0', isNumberOfItems),
    ...guards(fields),
    next: transition(fields),
    ...outcome(fields, 'result'),
  };
}

function guards(fields: Fields): { retry: readonly RetryRule[]; catch: readonly CatchRule[] } {
  const retry = fields.list('Retry').map((value, index, all): RetryRule => {
    const retrier = new Fields(value, fields.at(`Retry[${index}]`));
    const loaded = {
      errorEquals: errorNames(retrier, index === all.length - 1),
      intervalSeconds: retrier.number('IntervalSeconds', { min: 1, max: countMax }) ?? 1,
      maxAttempts: retrier.number('MaxAttempts', { min: 0, max: countMax }) ?? 3,
      backoffRate: retrier.number('BackoffRate', { min: 1, integer: false }) ?? 2,
      maxDelaySeconds:
        retrier.number('MaxDelaySeconds', { min: 1, max: delaySecondsMax }) ?? Number.POSITIVE_INFINITY,
      fullJitter: retrier.oneOf('JitterStrategy', ['FULL', 'NONE'], 'NONE') === 'FULL',
    };
    retrier.optionalText('Comment');
    retrier.close('a retrier');
    return loaded;
  });
  const catchers = fields.list('Catch').map((value, index, all): CatchRule => {
    const catcher = new Fields(value, fields.at(`Catch[${index}]`));
    const loaded = {
      errorEquals: errorNames(catcher, index === all.length - 1),
      next: catcher.text('Next'),
      ...outcome(catcher, 'errorOutput', `Catch[${index}]/`),
    };
    catcher.optionalText('Comment');
    catcher.close('a catcher');
    return loaded;
  });
  return { retry, catch: catchers };
}

function errorNames(fields: Fields, last: boolean): readonly string[] {
  const names = fields.texts('ErrorEquals');
  if (names.includes('States.ALL') && (names.length > 1 || !last)) {
    fields.refuse('ErrorEquals', 'States.ALL alone and in the last place');
  }
  return names;
}
