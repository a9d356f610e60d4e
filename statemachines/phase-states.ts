/**
 * The steps of a phase in which something is done, and the states of each.
 *
 * A branch may not assign a name that the machine around it uses: inside, a phase's outcome and reason are `way` and `why`.
 */
import type { Json } from '#domain/json.ts';
import type { Phase, Plan, ScriptUse } from '#domain/plan/plan.ts';
import { machineDaysMax } from '#domain/rules/launch-day.ts';
import { withSaid } from './causes.ts';
import {
  type ChoiceRule,
  call,
  type FunctionNames,
  jsonata,
  literal,
  type State,
  seconds,
  wait,
} from './language.ts';
import type { phaseStates } from './names.ts';

export type NamedState = readonly [string, State];

/** What the states of a step are made of. */
export interface Building {
  readonly plan: Plan;
  readonly phase: Phase;
  readonly name: ReturnType<typeof phaseStates>;
  readonly step: FunctionNames;
  /** The first state of the step that comes after. */
  readonly next: string;
}

/** JSONata: the attempt that the next entry of the phase is, or while it runs, its own. */
export const attemptOf = (phase: Phase): string => `$lookup($attempts, ${literal(phase.id)})`;

/** What every step of a phase is told: three ids. Everything else it reads from the store. */
export const identity = (phase: Phase): Readonly<Record<string, Json>> => ({
  contract: 1,
  releaseId: jsonata('$releaseId'),
  phase: phase.id,
  attempt: jsonata(attemptOf(phase)),
});

export function awaitStart({ phase, name, step, next }: Building): readonly NamedState[] {
  return [
    [
      name.start,
      wait(step('await-start'), {
        payload: identity(phase),
        timeoutSeconds: machineDaysMax * seconds.day,
        assign: {
          way: 'promote',
          why: {},
          holds: 0,
          rearms: 0,
          heldFrom: 'gate',
          answer: jsonata('$states.result'),
        },
        next: name.begun,
      }),
    ],
    [name.begun, { Type: 'Choice', Choices: [ordered('answer', name.close)], Default: next }],
  ];
}

export const openPhase = ({ phase, name, step, next }: Building): readonly NamedState[] => [
  [name.open, call(step('open-phase'), { payload: identity(phase), next })],
];

export const completeChecklist = ({ phase, name, step, next }: Building): readonly NamedState[] => [
  [
    name.checklist,
    wait(step('complete-checklist'), {
      payload: identity(phase),
      timeoutSeconds: 60 * seconds.day,
      assign: { answer: jsonata('$states.result') },
      next: name.completed,
    }),
  ],
  [name.completed, { Type: 'Choice', Choices: [ordered('answer', name.close)], Default: next }],
];

export const exposeUsers = ({ phase, name, step, next }: Building): readonly NamedState[] => [
  [
    name.expose,
    call(step('expose-users'), {
      payload: { ...identity(phase), percent: phase.exposure ?? 0, mayHold: true },
      assign: { blocked: jsonata('$states.result.Payload.held'), heldFrom: 'exposure' },
      next: name.exposed,
    }),
  ],
  // A pause, a bad version or a freeze that came after the phase had begun.
  [
    name.exposed,
    { Type: 'Choice', Choices: [{ Condition: jsonata('$blocked'), Next: name.hold }], Default: next },
  ],
];

export const closePhase = ({ phase, name, step }: Building): readonly NamedState[] => [
  [
    name.close,
    call(step('close-phase'), {
      payload: { ...identity(phase), outcome: jsonata('$way'), reason: jsonata('$why') },
      output: { outcome: jsonata('$way'), reason: jsonata('$why') },
    }),
  ],
];

/** A person has ordered another way out, with their reason, instead of what was waited for. */
export const ordered = (answer: string, close: string): ChoiceRule => ({
  Condition: jsonata(`$exists($${answer}.ordered)`),
  Assign: { way: jsonata(`$${answer}.ordered.outcome`), why: jsonata(`$${answer}.ordered.reason`) },
  Next: close,
});

const firstStateOf = ({ needed, run }: Building['name'], { when, script }: ScriptUse): string =>
  (when === 'resumed' ? needed : run)(script);

/** One after another. */
export const runScripts = (building: Building): readonly NamedState[] =>
  building.phase.scripts.flatMap((use, index, all) => {
    const following = all[index + 1];
    const next = following ? firstStateOf(building.name, following) : building.next;
    return runScript({ ...building, next }, use);
  });

function runScript({ plan, phase, name, step, next }: Building, use: ScriptUse): readonly NamedState[] {
  const script = plan.scripts[use.script];
  if (!script) throw new RangeError(`phase ${phase.id} runs the unknown script ${use.script}`);
  const needed: readonly NamedState[] =
    use.when === 'resumed'
      ? [
          [
            name.needed(use.script),
            {
              Type: 'Choice',
              Choices: [
                {
                  Condition: jsonata(`${attemptOf(phase)} > 1`),
                  Next: name.run(use.script),
                },
              ],
              Default: next,
            },
          ],
        ]
      : [];
  return [
    ...needed,
    [
      name.run(use.script),
      wait(step('run-script'), {
        comment: script.path,
        payload: { ...identity(phase), script: use.script },
        // Delivery time is counted on top of the script's own limit (AWS Systems Manager, "Delivery Timed Out").
        timeoutSeconds: (2 * script.timeoutMinutes + 60) * seconds.minute,
        assign: { script: jsonata('$states.result') },
        next: name.passed(use.script),
      }),
    ],
    [
      name.passed(use.script),
      {
        Type: 'Choice',
        Choices: [
          ordered('script', name.close),
          { Condition: jsonata("$script.status = 'succeeded'"), Next: next },
          {
            Condition: jsonata("$not($script.status = 'succeeded')"),
            Assign: {
              way: use.onFail,
              why: {
                severity: 'critical',
                cause: {
                  code: 'script',
                  params: withSaid({ script: use.script }, '$script.summary'),
                },
              },
            },
            Next: name.close,
          },
        ],
      },
    ],
  ];
}
