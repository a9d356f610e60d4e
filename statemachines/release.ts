/**
 * The release machine: plan -> Amazon States Language. One execution per release, one box per phase, named as the plan
 * names them. Order, waiting, retry and undo live here; decisions live in `domain/`, data in DynamoDB.
 */
import type { Phase, Plan } from '#domain/plan/plan.ts';
import { machineDaysMax } from '#domain/rules/launch-day.ts';
import * as causes from './causes.ts';
import {
  type Choice,
  call,
  type FunctionNames,
  jsonata,
  literal,
  reached,
  type State,
  type StateMachineDefinition,
  seconds,
  states,
  uniquelyNamed,
  wait,
} from './language.ts';
import { releaseStates as name, phaseStates } from './names.ts';
import { phaseBlock } from './phase.ts';
import { attemptOf, identity } from './phase-states.ts';
import { recovery } from './recovery.ts';
import { rollbackBlocks } from './rollback.ts';

type Entry = readonly [string, State];

/** asl-validator takes a literal "" for a mistake. */
const emptyText = jsonata("''");

/** Throws RangeError when the plan refers to something it does not define; `jalon lint` says so more kindly. */
export function releaseMachine(plan: Plan, step: FunctionNames): StateMachineDefinition {
  return uniquelyNamed({
    Comment: `${plan.title} (${plan.product})`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: machineDaysMax * seconds.day,
    StartAt: name.admit,
    States: reached(
      name.admit,
      states(
        ...admit(plan, step),
        ...plan.phases.flatMap((phase, index) => conduct(plan, phase, plan.phases[index + 1], step)),
        ...rollBack(plan, step),
        ...finish(step),
      ),
    ),
  });
}

function admit(plan: Plan, step: FunctionNames): readonly Entry[] {
  const [first] = plan.phases;
  if (!first) throw new RangeError('a plan needs at least one phase');
  return [
    [
      name.admit,
      call(step('admit-release'), {
        payload: {
          contract: 1,
          input: jsonata('$states.context.Execution.Input'),
          executionArn: jsonata('$states.context.Execution.Id'),
        },
        assign: {
          releaseId: jsonata('$states.result.Payload.releaseId'),
          attempts: Object.fromEntries(plan.phases.map(({ id }) => [id, 1])),
          current: first.id,
          resumeAt: emptyText,
          component: emptyText,
          outcome: emptyText,
          reason: {},
          failure: emptyText,
          unsafe: false,
        },
        next: phaseStates(first).phase,
        catches: [
          {
            ErrorEquals: [
              'InvalidInput',
              'ReleaseExists',
              'ProductBusy',
              'LaunchDayPast',
              'LaunchDayImpossible',
              'VersionMarkedBad',
            ],
            // The cause of a function's error is JSON; a person reads the sentence in it.
            Assign: { refusal: jsonata('$parse($states.errorOutput.Cause).errorMessage') },
            Next: name.refused,
          },
          {
            ErrorEquals: ['States.ALL'],
            Assign: { refusal: jsonata('$states.errorOutput.Error') },
            Next: name.refused,
          },
        ],
      }),
    ],
    [name.refused, { Type: 'Fail', Error: 'Release.Refused', Cause: jsonata('$refusal') }],
  ];
}

/** A phase and the question after it. */
function conduct(plan: Plan, phase: Phase, next: Phase | undefined, step: FunctionNames): readonly Entry[] {
  const states = phaseStates(phase);
  const onward = next ? phaseStates(next).phase : name.followUp;
  const correctsOthers = plan.phases.some(
    ({ correction }) => correction !== 'in-place' && correction.phase === phase.id,
  );
  const after: Choice = {
    Type: 'Choice',
    Choices: [
      ...(correctsOthers
        ? [{ Condition: jsonata("$outcome = 'promote' and $resumeAt != ''"), Next: name.resume }]
        : []),
      { Condition: jsonata("$outcome = 'promote'"), Next: onward },
      // Both the verdict and an exhausted number of attempts go through the choice of a level.
      {
        Condition: jsonata(
          `$outcome = 'correct' and ${hasAttempts(phase)} and ${hasAttempts(correctionOf(plan, phase))}`,
        ),
        ...correction(plan, phase),
      },
    ],
    Default: name.chooseRollback,
  };
  return [
    [states.phase, phaseBlock(plan, phase, step)],
    [states.after, after],
    ...(phase.correction === 'in-place'
      ? [
          [
            states.correct,
            wait(step('correct-phase'), {
              comment: 'A person reports the correction; the phase is entered again',
              payload: {
                ...identity(phase),
                attempt: jsonata(`${attemptOf(phase)} - 1`),
              },
              timeoutSeconds: 60 * seconds.day,
              next: states.phase,
              catches: [
                {
                  ErrorEquals: ['States.ALL'],
                  Assign: {
                    reason: { cause: causes.noCorrection },
                  },
                  Next: name.chooseRollback,
                },
              ],
            }),
          ] as const,
        ]
      : []),
  ];
}

/** The phase in which a phase is corrected: itself, or another. */
const correctionOf = (plan: Plan, phase: Phase): Phase =>
  phase.correction === 'in-place' ? phase : phaseById(plan, phase.correction.phase);

/** True while the next entry of the phase is one that the plan allows. */
const hasAttempts = (phase: Phase): string => `${attemptOf(phase)} <= ${phase.attemptsMax}`;

/** Where a correction of the phase leads, and what must be remembered to come back. */
function correction(plan: Plan, phase: Phase) {
  if (phase.correction === 'in-place') return { Next: phaseStates(phase).correct };
  return { Next: phaseStates(correctionOf(plan, phase)).phase, Assign: { resumeAt: phase.id } };
}

const rollBack = (plan: Plan, step: FunctionNames): readonly Entry[] => [
  ...recovery(plan, step),
  ...rollbackBlocks(plan, step),
  ...enterAgain(plan),
];

/** Where a phase goes on after a rollback, or after the phase that was to be corrected first. */
function enterAgain(plan: Plan): readonly Entry[] {
  return [
    [
      name.afterRollback,
      {
        Type: 'Choice',
        Choices: plan.phases.map((phase) => ({
          Condition: jsonata(`$current = ${literal(phase.id)} and ${hasAttempts(correctionOf(plan, phase))}`),
          ...correction(plan, phase),
        })),
        // Out of corrections: a person says what becomes of a phase that works with a part of it switched off.
        Default: name.decision,
      },
    ],
    [
      name.resume,
      {
        Type: 'Choice',
        Choices: plan.phases.map((phase) => ({
          Condition: jsonata(`$resumeAt = ${literal(phase.id)} and ${hasAttempts(phase)}`),
          Assign: { resumeAt: emptyText, component: emptyText },
          Next: phaseStates(phase).phase,
        })),
        Default: name.chooseRollback,
      },
    ],
  ];
}

const endings = [
  [name.closeCompleted, name.completed, 'completed'],
  [name.closeRolledBack, name.rolledBack, 'rolled-back'],
  [name.closeAbandoned, name.abandoned, 'abandoned'],
  [name.closeUnsafe, name.unsafe, 'rollback-failed'],
] as const;

function finish(step: FunctionNames): readonly Entry[] {
  const release = { contract: 1, releaseId: jsonata('$releaseId') };
  return [
    [
      name.followUp,
      wait(step('finish-follow-up'), {
        comment: 'The last messages and measurements of the plan may come after its last phase (J+30)',
        payload: release,
        retry: 'undo',
        timeoutSeconds: machineDaysMax * seconds.day,
        next: name.closeCompleted,
        catches: [{ ErrorEquals: ['States.ALL'], Next: name.closeCompleted }],
      }),
    ],
    ...endings.map(
      ([close, end, outcome]) =>
        [
          close,
          call(step('close-release'), {
            payload: { ...release, outcome },
            retry: 'undo',
            next: end,
            catches: [{ ErrorEquals: ['States.ALL'], Next: end }],
          }),
        ] as const,
    ),
    [name.completed, { Type: 'Succeed', Output: { releaseId: jsonata('$releaseId'), outcome: 'completed' } }],
    [
      name.rolledBack,
      { Type: 'Fail', Error: 'Release.RolledBack', Cause: jsonata("$releaseId & ' was rolled back'") },
    ],
    [
      name.abandoned,
      {
        Type: 'Fail',
        Error: 'Release.Abandoned',
        Cause: jsonata("$releaseId & ' was given up by a person'"),
      },
    ],
    [
      name.unsafe,
      {
        Type: 'Fail',
        Error: 'Release.RollbackFailed',
        Cause: jsonata("$releaseId & ' could not be undone: ' & $failure"),
      },
    ],
  ];
}

function phaseById(plan: Plan, id: string): Phase {
  const phase = plan.phases.find((candidate) => candidate.id === id);
  if (!phase) throw new RangeError(`a correction leads to the unknown phase ${id}`);
  return phase;
}
