/**
 * The three rollback levels of the plan (section 8.3) as ASL: each level is a try block, each of its steps a state, in
 * the plan's order. Undoing that fails pages people and asks them what comes next. That users lose access first, and that people
 * agree to what cannot be given back, is in `release.ts`.
 */

import type { Json } from '#domain/json.ts';
import { type Plan, type RollbackLevelName, type RollbackStep, rollbackLevels } from '#domain/plan/plan.ts';
import { present } from '#domain/present.ts';
import { unreachable } from '#domain/unreachable.ts';
import {
  attempt,
  call,
  type FunctionNames,
  jsonata,
  type Parallel,
  type State,
  seconds,
  states,
  wait,
} from './language.ts';
import { releaseStates, rollbackStates } from './names.ts';

type Entry = readonly [string, State];

/** What every step of a rollback is told. */
const identity = (level: RollbackLevelName): Readonly<Record<string, Json>> => ({
  contract: 1,
  releaseId: jsonata('$releaseId'),
  phase: jsonata('$current'),
  // The attempt that is being undone: `attempts` already counts the next one.
  attempt: jsonata('$lookup($attempts, $current) - 1'),
  level,
});

export function rollbackBlocks(plan: Plan, step: FunctionNames): readonly (readonly [string, Parallel])[] {
  return rollbackLevels.map((levelName) => {
    const level = plan.rollback[levelName];
    const name = rollbackStates(level);
    const last = level.notice === undefined ? undefined : name.notice;
    const steps = level.steps.flatMap((rollbackStep, index) => {
      const following = level.steps[index + 1];
      return undoStep(plan, levelName, rollbackStep, following ? name.step(following) : last, step);
    });
    const notice: readonly Entry[] =
      level.notice === undefined
        ? []
        : [
            [
              name.notice,
              call(step('send-message'), {
                comment: 'A correction to exactly those who were told',
                payload: { ...identity(levelName), step: 'notice', message: level.notice },
                retry: 'undo',
              }),
            ],
          ];
    const [first] = level.steps;
    if (!first) throw new RangeError(`rollback level ${levelName} has no steps`);
    return [
      name.level,
      attempt({
        comment: `Section 8.3 of the plan, ${level.level}`,
        branch: {
          StartAt: name.step(first),
          States: states(...steps, ...notice),
        },
        next: levelName === 'full' ? releaseStates.closeRolledBack : releaseStates.afterRollback,
        catches: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: { failure: jsonata('$states.errorOutput.Error'), unsafe: true },
            Next: releaseStates.alarm,
          },
        ],
      }),
    ] as const;
  });
}

function undoStep(
  plan: Plan,
  levelName: RollbackLevelName,
  rollbackStep: RollbackStep,
  next: string | undefined,
  step: FunctionNames,
): readonly Entry[] {
  const name = rollbackStates(plan.rollback[levelName]);
  const { action } = rollbackStep;
  const payload = { ...identity(levelName), step: rollbackStep.id };
  const comment = rollbackStep.text;
  const called = { comment, retry: 'undo', ...present({ next }) } as const;
  switch (action.kind) {
    case 'script': {
      const script = plan.scripts[action.script];
      if (!script)
        throw new RangeError(`rollback step ${rollbackStep.id} runs the unknown script ${action.script}`);
      return [
        [
          name.step(rollbackStep),
          wait(step('run-script'), {
            comment,
            payload: { ...payload, script: action.script, component: jsonata('$component') },
            retry: 'undo',
            timeoutSeconds: (2 * script.timeoutMinutes + 60) * seconds.minute,
            assign: { script: jsonata('$states.result') },
            next: name.passed(rollbackStep),
          }),
        ],
        ...scriptEnds(name, rollbackStep, next),
      ];
    }
    case 'message':
      return [
        [
          name.step(rollbackStep),
          call(step('send-message'), {
            ...called,
            payload: { ...payload, message: action.message },
          }),
        ],
      ];
    case 'component':
      return [
        [
          name.step(rollbackStep),
          call(step('switch-component'), {
            ...called,
            payload: { ...payload, component: jsonata('$component'), state: action.state },
          }),
        ],
      ];
    case 'task':
      return [
        [
          name.step(rollbackStep),
          call(step('open-task'), {
            ...called,
            payload: { ...payload, owner: action.owner, title: rollbackStep.text },
          }),
        ],
      ];
    default:
      return unreachable(action);
  }
}

/** A script that undoes something says by its result whether it did. */
function scriptEnds(
  name: ReturnType<typeof rollbackStates>,
  rollbackStep: RollbackStep,
  next: string | undefined,
): readonly Entry[] {
  const undone: State = next === undefined ? { Type: 'Succeed' } : { Type: 'Pass', Next: next };
  return [
    [
      name.passed(rollbackStep),
      {
        Type: 'Choice',
        Choices: [
          {
            Condition: jsonata("$script.status = 'succeeded'"),
            Next: `${name.step(rollbackStep)} is done`,
          },
        ],
        Default: `${name.step(rollbackStep)} failed`,
      },
    ],
    [
      `${name.step(rollbackStep)} failed`,
      {
        Type: 'Fail',
        Error: 'Release.UndoFailed',
        Cause: jsonata("$exists($script.summary) ? $script.summary : 'no result'"),
      },
    ],
    [`${name.step(rollbackStep)} is done`, undone],
  ];
}
