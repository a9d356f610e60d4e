/**
 * What becomes of a phase that cannot go on: the choice of a level, what is taken back at once, and what people are asked. Only
 * people restore data and end a release (`domain/rules/agreement.ts`), unless the plan says otherwise.
 */
import { type Plan, rollbackLevels } from '#domain/plan/plan.ts';
import { irrevocableIn } from '#domain/rules/agreement.ts';
import { call, type FunctionNames, jsonata, literal, type State, seconds, wait } from './language.ts';
import { releaseStates as name, phaseStates } from './names.ts';

type Entry = readonly [string, State];

/** What the steps are asked about: the phase that is left, as it was last entered. */
const left = {
  contract: 1,
  releaseId: jsonata('$releaseId'),
  phase: jsonata('$current'),
  attempt: jsonata('$lookup($attempts, $current) - 1'),
};

/** From the choice of a level to the level's own states, to a phase that is tried again, or to an end. */
export const recovery = (plan: Plan, step: FunctionNames): readonly Entry[] => [
  ...chooseLevel(plan, step),
  ...takeBack(step),
  ...askAgreement(plan, step),
  ...askPeople(plan, step),
];

/** Undoing did not work: people are called, and asked what comes next. */
const failed = {
  ErrorEquals: ['States.ALL'],
  Assign: { failure: jsonata('$states.errorOutput.Error'), unsafe: true },
  Next: name.alarm,
};

function chooseLevel(plan: Plan, step: FunctionNames): readonly Entry[] {
  const { rollback: levels } = plan;
  return [
    [
      name.chooseRollback,
      call(step('choose-rollback'), {
        payload: { ...left, reason: jsonata('$reason') },
        retry: 'undo',
        assign: {
          level: jsonata('$states.result.Payload.level'),
          component: jsonata('$states.result.Payload.component'),
        },
        next: name.whichRollback,
        // Which level cannot be told: a person chooses, users keep what they have until then.
        catches: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: { failure: jsonata('$states.errorOutput.Error') },
            Next: name.decision,
          },
        ],
      }),
    ],
    [
      name.whichRollback,
      {
        Type: 'Choice',
        Choices: [
          { Condition: jsonata("$level in ['full', 'withdraw']"), Next: name.withdraw },
          ...componentLevels.map((level) => ({
            Condition: jsonata(`$level = ${literal(level)}`),
            Next: irrevocableIn(plan, level) ? name.agreement : levels[level].name,
          })),
          { Condition: jsonata("$level = 'switch-off'"), Next: name.switchOff },
        ],
        // Nothing was given to users, or nothing says that the product is ill: a person decides.
        Default: name.decision,
      },
    ],
  ];
}
const componentLevels = ['partial', 'degraded'] as const;

/** What can be given again is taken back at once. */
function takeBack(step: FunctionNames): readonly Entry[] {
  return [
    [
      name.withdraw,
      call(step('expose-users'), {
        comment: 'Whatever else is undone, users lose access to a broken version first',
        payload: { ...left, level: 'full', percent: 0 },
        retry: 'undo',
        next: name.withdrawn,
        catches: [failed],
      }),
    ],
    [
      name.withdrawn,
      {
        Type: 'Choice',
        Choices: [{ Condition: jsonata("$level = 'full'"), Next: name.agreement }],
        Default: name.decision,
      },
    ],
    [
      name.switchOff,
      call(step('switch-component'), {
        comment: 'The plan says so; the rest is for people',
        payload: { ...left, component: jsonata('$component'), state: 'off' },
        retry: 'undo',
        next: name.decision,
        catches: [failed],
      }),
    ],
  ];
}

/** What cannot be given back takes two people. */
function askAgreement({ rollback: levels }: Plan, step: FunctionNames): readonly Entry[] {
  return [
    [
      name.agreement,
      wait(step('await-agreement'), {
        comment: 'To restore data and to end the release takes two people',
        payload: left,
        timeoutSeconds: 60 * seconds.day,
        assign: { said: jsonata('$states.result') },
        next: name.agreed,
        catches: [failed],
      }),
    ],
    [
      name.agreed,
      {
        Type: 'Choice',
        Choices: [
          otherwiseOrdered,
          ...rollbackLevels.map((level) => ({
            Condition: jsonata(`$said.answer = 'agreed' and $level = ${literal(level)}`),
            Next: levels[level].name,
          })),
          {
            Condition: jsonata("$said.answer = 'agreed' and $level = 'abandon' and $unsafe"),
            Next: name.closeUnsafe,
          },
          {
            Condition: jsonata("$said.answer = 'agreed' and $level = 'abandon'"),
            Next: name.closeAbandoned,
          },
        ],
        // Declined: nothing of it happens.
        Default: name.decision,
      },
    ],
  ];
}

/** A person has chosen a level, or another one, instead of what was waited for. */
const otherwiseOrdered = {
  Condition: jsonata('$exists($said.ordered)'),
  Assign: { reason: jsonata('$said.ordered.reason') },
  Next: name.chooseRollback,
};

/** What becomes of a phase that nothing can be tried for without a person's word. */
function askPeople({ phases }: Plan, step: FunctionNames): readonly Entry[] {
  return [
    [
      name.decision,
      wait(step('await-decision'), {
        payload: left,
        timeoutSeconds: 60 * seconds.day,
        assign: { said: jsonata('$states.result') },
        next: name.decided,
        catches: [
          {
            ErrorEquals: ['States.ALL'],
            Assign: { failure: jsonata('$states.errorOutput.Error') },
            Next: name.undecided,
          },
        ],
      }),
    ],
    [
      name.decided,
      {
        Type: 'Choice',
        Choices: [
          otherwiseOrdered,
          // Not through "resume": the phase that is corrected may itself wait for another to be resumed.
          ...phases.map((phase) => ({
            Condition: jsonata(`$said.decision = 'retry' and $current = ${literal(phase.id)}`),
            Assign: { unsafe: false },
            Next: phaseStates(phase).phase,
          })),
          {
            Condition: jsonata("$said.decision = 'abandon'"),
            Assign: { level: 'abandon' },
            Next: name.agreement,
          },
        ],
        Default: name.decision,
      },
    ],
    calling(name.alarm, 'Undoing did not work: this needs people now', name.decision, step),
    calling(name.undecided, 'Nobody can be asked, or nobody decided', name.closeUnsafe, step),
  ];
}

const calling = (state: string, comment: string, next: string, step: FunctionNames): Entry => [
  state,
  call(step('call-to-failed-rollback'), {
    comment,
    payload: { ...left, failure: jsonata('$failure') },
    retry: 'undo',
    next,
    catches: [{ ErrorEquals: ['States.ALL'], Next: next }],
  }),
];
