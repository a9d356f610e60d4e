/** The picture of the architecture: who calls which functions, and what their powers let these reach. */
import { apis, callbacks, events, importers, pages, steps, tools, workers } from '#functions/catalogue.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import { servicesOf } from './services.ts';

interface Group {
  readonly id: string;
  readonly caller: string;
  readonly functions: Readonly<Record<string, Definition>>;
}
const groups: readonly Group[] = [
  {
    id: 'http',
    caller: 'people, programs, pipelines, users,<br>through API Gateway',
    functions: { ...apis, ...pages, ...callbacks },
  },
  { id: 'steps', caller: 'Step Functions:<br>the machine made from the plan', functions: steps },
  { id: 'events', caller: 'EventBridge: dates, ticks, alarms', functions: events },
  { id: 'queues', caller: 'SQS: mails, uploaded files', functions: { ...workers, ...importers } },
  { id: 'tools', caller: 'an operator, by hand', functions: tools },
];

/** More are counted and not named. */
const namedMax = 10;

/** Mermaid text. What all groups but one reach is drawn once, from the frame around them. */
export function architecture(): string {
  const reached = groups.map(({ id, functions }) => ({
    id,
    services: new Set(Object.values(functions).flatMap(({ needs }) => needs.flatMap(servicesOf))),
  }));
  const services = [...new Set(reached.flatMap((one) => [...one.services]))];
  const without = (service: string) =>
    reached.filter((one) => !one.services.has(service)).map(({ id }) => id);
  const isCommon = (service: string) => without(service).length <= 1;
  const idOf = (service: string) => `service${services.indexOf(service)}`;
  return [
    'flowchart LR',
    ...groups.map(({ id, caller }) => `  ${id}Caller(["${caller}"]) --> ${id}`),
    '  subgraph functions["one function of Lambda each, with the powers that it needs"]',
    ...groups.map(({ id, functions }) => `    ${id}["${said(id, Object.keys(functions))}"]`),
    '  end',
    ...services.map((service) => `  ${idOf(service)}[("${service}")]`),
    ...services.filter(isCommon).map((service) => {
      const [exception] = without(service);
      return `  functions ==>|"all${exception === undefined ? '' : ` but ${exception}`}"| ${idOf(service)}`;
    }),
    ...reached.flatMap((one) =>
      [...one.services]
        .filter((service) => !isCommon(service))
        .map((service) => `  ${one.id} --> ${idOf(service)}`),
    ),
  ].join('\n');
}

const said = (id: string, names: readonly string[]) =>
  names.length > namedMax
    ? `${id}: ${names.length} functions,<br>one per kind of state`
    : [`${id}:`, ...names].join('<br>');
