/**
 * One phase of the plan as ASL: a try block that opens the phase, runs its scripts, waits for its people, exposes its
 * users, observes them, passes the gate and closes. Its answer is `{ outcome, reason }`; the release machine decides
 * where that leads (`release.ts`). An outcome is data; only faults reach the block's Catch.
 *
 * Inside the block the two are called `way` and `why`: a branch may not assign a name that the machine around it uses.
 */
import { comparesCohorts } from '#domain/judge/check.ts';
import type { Phase, Plan, ScriptUse } from '#domain/plan/plan.ts';
import {
  attempt,
  type ChoiceRule,
  call,
  type FunctionNames,
  type Json,
  jsonata,
  literal,
  type Parallel,
  type State,
  seconds,
  states,
  wait,
} from './language.ts';
import { phaseStates, releaseStates } from './names.ts';

/** How often a person may send a held phase round again before it counts as failed. */
const holdsMax = 5;
/** Heartbeats that may be missing before the silence is diagnosed: three ticks and slack for a late one. */
const heartbeatTicks = 4;

type Entry = readonly [string, State];

export function phaseBlock(plan: Plan, phase: Phase, step: FunctionNames): Parallel {
  const name = phaseStates(phase);
  const flow = sequence(plan, phase, step);
  return attempt({
    comment: `Section ${phase.section} of the plan`,
    branch: { StartAt: name.start, States: states(...flow) },
    assign: {
      current: phase.id,
      outcome: jsonata('$states.result[0].outcome'),
      reason: jsonata('$states.result[0].reason'),
      attempts: nextAttempt(phase),
    },
    next: name.after,
    catches: [
      {
        ErrorEquals: ['States.ALL'],
        Assign: {
          current: phase.id,
          outcome: 'roll-back',
          reason: {
            kind: 'fault',
            error: jsonata('$states.errorOutput.Error'),
            text: jsonata(
              '$exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 500) : ""',
            ),
          },
          attempts: nextAttempt(phase),
        },
        Next: releaseStates.chooseRollback,
      },
    ],
  });
}

/** The attempt that the next entry of the phase will be: attempts are part of every token, schedule and mail. */
const nextAttempt = (phase: Phase) =>
  jsonata(`$merge([$attempts, { ${literal(phase.id)}: ${attemptOf(phase)} + 1 }])`);

/** JSONata: the attempt that the next entry of the phase is, or while it runs, its own. */
export const attemptOf = (phase: Phase): string => `$lookup($attempts, ${literal(phase.id)})`;

/** What every step of a phase is told: three ids. Everything else it reads from the store. */
export const identity = (phase: Phase): Readonly<Record<string, Json>> => ({
  contract: 1,
  releaseId: jsonata('$releaseId'),
  phase: phase.id,
  attempt: jsonata(attemptOf(phase)),
});

function sequence(plan: Plan, phase: Phase, step: FunctionNames): readonly Entry[] {
  const name = phaseStates(phase);
  const { observation } = phase;
  const afterExposure = observation ? name.observe : name.gate;
  const compares = comparesCohorts(plan, phase);
  const beforeExposure = compares ? name.compare : name.expose;
  const afterChecklist = phase.exposure === undefined ? afterExposure : beforeExposure;
  const afterScripts = phase.checklists.length > 0 ? name.checklist : afterChecklist;
  const scripts = phase.scripts.flatMap((use, index) => {
    const following = phase.scripts[index + 1];
    return runScript(plan, phase, use, following ? firstStateOf(phase, following) : afterScripts, step);
  });
  const [firstScript] = phase.scripts;
  const payload = identity(phase);
  return [
    [
      name.start,
      wait(step('await-start'), {
        payload,
        timeoutSeconds: 120 * seconds.day,
        assign: {
          ...{ way: 'promote', why: {}, holds: 0, rearms: 0, heldFrom: 'gate' },
          answer: jsonata('$states.result'),
        },
        next: name.begun,
      }),
    ],
    [name.begun, { Type: 'Choice', Choices: [ordered('answer', name.close)], Default: name.open }],
    [
      name.open,
      call(step('open-phase'), {
        payload,
        next: firstScript ? firstStateOf(phase, firstScript) : afterScripts,
      }),
    ],
    ...scripts,
    ...(phase.checklists.length > 0
      ? [
          [
            name.checklist,
            wait(step('complete-checklist'), {
              payload,
              timeoutSeconds: 60 * seconds.day,
              assign: { answer: jsonata('$states.result') },
              next: name.completed,
            }),
          ] as const,
          [
            name.completed,
            { Type: 'Choice', Choices: [ordered('answer', name.close)], Default: afterChecklist },
          ] as const,
        ]
      : []),
    ...(compares ? compareCohorts(phase, step) : []),
    ...(phase.exposure === undefined
      ? []
      : [
          [
            name.expose,
            call(step('expose-users'), {
              payload: { ...payload, percent: phase.exposure },
              next: afterExposure,
            }),
          ] as const,
        ]),
    ...(observation ? observe(phase, observation, step) : []),
    ...passGate(phase, step),
    ...hold(phase, compares, step),
    [
      name.close,
      call(step('close-phase'), {
        payload: { ...payload, outcome: jsonata('$way'), reason: jsonata('$why') },
        output: { outcome: jsonata('$way'), reason: jsonata('$why') },
      }),
    ],
  ];
}

/** A person has ordered another way out, with their reason, instead of what was waited for. */
const ordered = (answer: string, close: string): ChoiceRule => ({
  Condition: jsonata(`$exists($${answer}.ordered)`),
  Assign: { way: jsonata(`$${answer}.ordered.outcome`), why: jsonata(`$${answer}.ordered.reason`) },
  Next: close,
});

const firstStateOf = (phase: Phase, use: ScriptUse) => {
  const name = phaseStates(phase);
  return use.when === 'resumed' ? name.needed(use.script) : name.run(use.script);
};

function runScript(
  plan: Plan,
  phase: Phase,
  use: ScriptUse,
  next: string,
  step: FunctionNames,
): readonly Entry[] {
  const name = phaseStates(phase);
  const script = plan.scripts[use.script];
  if (!script) throw new RangeError(`phase ${phase.id} runs the unknown script ${use.script}`);
  const needed: readonly Entry[] =
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
                kind: 'script',
                script: use.script,
                severity: 'critical',
                text: jsonata("$exists($script.summary) ? $script.summary : 'no result'"),
              },
            },
            Next: name.close,
          },
        ],
      },
    ],
  ];
}

function observe(
  phase: Phase,
  observation: NonNullable<Phase['observation']>,
  step: FunctionNames,
): readonly Entry[] {
  const name = phaseStates(phase);
  return [
    [
      name.observe,
      wait(step('observe'), {
        payload: identity(phase),
        heartbeatSeconds: heartbeatTicks * observation.tickMinutes * seconds.minute,
        // Ticks end the bake at its deadline; this is for ticks that lie, four hours later.
        timeoutSeconds: (observation.deadlineHours + 4) * seconds.hour,
        assign: { verdict: jsonata('$states.result'), heldFrom: 'observation' },
        next: name.observed,
        catches: [{ ErrorEquals: ['States.HeartbeatTimeout', 'States.Timeout'], Next: name.diagnose }],
      }),
    ],
    [
      name.observed,
      {
        Type: 'Choice',
        Choices: [
          { Condition: jsonata("$verdict.ordered.outcome = 'promote'"), Next: name.gate },
          { Condition: jsonata("$verdict.ordered.outcome = 'hold'"), Next: name.hold },
          ordered('verdict', name.close),
          { Condition: jsonata("$verdict.verdict = 'healthy'"), Next: name.gate },
          {
            Condition: jsonata("$verdict.verdict = 'unhealthy'"),
            Assign: { way: 'roll-back', why: jsonata('$verdict.reason') },
            Next: name.close,
          },
        ],
        // Neither proven healthy nor proven ill: a person decides.
        Default: name.hold,
      },
    ],
    [
      name.diagnose,
      call(step('diagnose-silence'), {
        payload: { ...identity(phase), rearms: jsonata('$rearms') },
        assign: {
          diagnosis: jsonata('$states.result.Payload.action'),
          rearms: jsonata('$rearms + 1'),
          heldFrom: 'observation',
        },
        next: name.diagnosed,
      }),
    ],
    [
      name.diagnosed,
      {
        Type: 'Choice',
        Choices: [{ Condition: jsonata("$diagnosis = 'observe'"), Next: name.observe }],
        Default: name.hold,
      },
    ],
  ];
}

function passGate(phase: Phase, step: FunctionNames): readonly Entry[] {
  const name = phaseStates(phase);
  return [
    [
      name.gate,
      wait(step('pass-gate'), {
        payload: identity(phase),
        timeoutSeconds: 60 * seconds.day,
        assign: {
          way: jsonata('$states.result.outcome'),
          why: jsonata('$states.result.reason'),
          heldFrom: 'gate',
        },
        next: name.decided,
      }),
    ],
    [
      name.decided,
      {
        Type: 'Choice',
        Choices: [{ Condition: jsonata("$way = 'hold'"), Next: name.hold }],
        Default: name.close,
      },
    ],
  ];
}

/** Cohorts that differ before anybody has the new version make every comparison worthless: a person decides. */
function compareCohorts(phase: Phase, step: FunctionNames): readonly Entry[] {
  const name = phaseStates(phase);
  return [
    [
      name.compare,
      call(step('compare-cohorts'), {
        payload: identity(phase),
        assign: { cohorts: jsonata('$states.result.Payload.verdict'), heldFrom: 'exposure' },
        next: name.compared,
      }),
    ],
    [
      name.compared,
      {
        Type: 'Choice',
        Choices: [{ Condition: jsonata("$cohorts = 'unhealthy'"), Next: name.hold }],
        Default: name.expose,
      },
    ],
  ];
}

function hold(phase: Phase, compares: boolean, step: FunctionNames): readonly Entry[] {
  const name = phaseStates(phase);
  return [
    [
      name.hold,
      wait(step('hold-phase'), {
        payload: { ...identity(phase), from: jsonata('$heldFrom') },
        timeoutSeconds: 60 * seconds.day,
        assign: {
          answer: jsonata('$states.result'),
          resolution: jsonata('$states.result.resolution'),
          holds: jsonata('$holds + 1'),
        },
        next: name.held,
      }),
    ],
    [
      name.held,
      {
        Type: 'Choice',
        Choices: [
          ordered('answer', name.close),
          {
            Condition: jsonata(`$resolution = 'roll-back' or $holds > ${holdsMax}`),
            Assign: {
              way: 'roll-back',
              why: {
                kind: 'hold',
                severity: 'critical',
                text: `held ${holdsMax} times or refused by a person`,
              },
            },
            Next: name.close,
          },
          {
            Condition: jsonata("$resolution = 'correct'"),
            Assign: { way: 'correct', why: { kind: 'hold', text: 'corrected after a hold' } },
            Next: name.close,
          },
          ...(compares ? [{ Condition: jsonata("$resolution = 'expose'"), Next: name.expose }] : []),
          ...(phase.observation
            ? [{ Condition: jsonata("$resolution = 'observe'"), Assign: { rearms: 0 }, Next: name.observe }]
            : []),
        ],
        Default: name.gate,
      },
    ],
  ];
}
