/** Every function that is deployed: what the catalogue says of it, and where its code begins. */
import type { Power } from '#application/port-groups.ts';
import { apis, callbacks, events, importers, pages, steps, tools, workers } from '#functions/catalogue.ts';
import type { Definition } from '#functions/runtime/definition.ts';
import type { StepFunction } from '#statemachines/step-functions.ts';
import type { Stage } from './stage.ts';

/** Who calls it, which decides how long it may take and where its failures go. */
export type FunctionKind = 'step' | 'event' | 'worker' | 'importer' | 'api' | 'tool';

export interface Deployed {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly needs: readonly Power[];
  /** Its module, below `functions/`, without the extension. */
  readonly module: string;
  readonly exported: string;
}

/** The compiler refuses a state whose function nobody has written. */
const called: Readonly<Record<StepFunction, Definition>> = steps;

const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const list = (kind: FunctionKind, folder: string, definitions: Readonly<Record<string, Definition>>) =>
  Object.entries(definitions).map(
    ([name, { needs }]): Deployed => ({
      name,
      kind,
      needs,
      module: `${folder}/${name}`,
      exported: camelCase(name),
    }),
  );

export type Runner = Stage['scripts']['runner'];

/** Those of a stage: nobody calls back but a pipeline behind a webhook. */
export const deployedFunctions = (runner: Runner): readonly Deployed[] => [
  ...list('step', 'steps', called),
  ...list('event', 'events', events),
  ...list('worker', 'events', workers),
  ...list('importer', 'events', importers),
  ...list('api', 'http', apis),
  ...list('api', 'pages', pages),
  ...list('tool', 'events', tools),
  ...(runner === 'webhook' ? list('api', 'events', callbacks) : []),
];

/** Those that EventBridge and Scheduler call without waiting: what they do not take goes to the dead letters. */
export const eventFunctions: readonly string[] = Object.keys(events);
