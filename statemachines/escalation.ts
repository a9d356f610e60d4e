/**
 * The escalation machine (section 10.2 of the plan): call a level, wait at most its delay for somebody to acknowledge,
 * climb. One execution per incident, beside the release: a page must not wait for a phase.
 */
import { type Plan, type Severity, severities } from '#domain/plan/plan.ts';
import {
  call,
  type FunctionNames,
  jsonata,
  literal,
  type State,
  type StateMachineDefinition,
  seconds,
  states,
  wait,
} from './language.ts';

const start = 'Which level hears it first?';
const acknowledged = 'Incident acknowledged';
const unanswered = 'Record that nobody answered';
const nobody = 'Nobody answered';

export function escalationMachine(plan: Plan, step: FunctionNames): StateMachineDefinition {
  const levels = [...plan.escalation].sort((a, b) => a.level - b.level);
  const [first] = levels;
  if (!first) throw new RangeError('an escalation needs at least one level');
  const stateOf = (level: (typeof levels)[number]) => `Call level ${level.level}: ${level.name}`;
  const incident = {
    contract: 1,
    releaseId: jsonata('$states.context.Execution.Input.releaseId'),
    incident: jsonata('$states.context.Execution.Input.incident'),
  };
  const calls = levels.map((level, index): readonly [string, State] => {
    const above = levels[index + 1];
    return [
      stateOf(level),
      wait(step('call-level'), {
        comment: level.condition,
        payload: { ...incident, level: level.level },
        timeoutSeconds: level.delayMinutes * seconds.minute,
        next: acknowledged,
        catches: [
          // A level that cannot be called (mail is down, say) counts as one that did not answer.
          { ErrorEquals: ['States.ALL'], Next: above ? stateOf(above) : unanswered },
        ],
      }),
    ];
  });
  const firstOf = (severity: Severity) => levels.find((level) => level.severity === severity) ?? first;
  return {
    Comment: `Escalation of ${plan.product}`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: 2 * seconds.day,
    StartAt: start,
    States: states(
      [
        start,
        {
          Type: 'Choice',
          Choices: severities.map((severity) => ({
            Condition: jsonata(`$states.context.Execution.Input.severity = ${literal(severity)}`),
            Next: stateOf(firstOf(severity)),
          })),
          Default: stateOf(first),
        },
      ],
      ...calls,
      [acknowledged, { Type: 'Succeed' }],
      [
        unanswered,
        call(step('record-unanswered'), {
          payload: incident,
          retry: 'undo',
          next: nobody,
          catches: [{ ErrorEquals: ['States.ALL'], Next: nobody }],
        }),
      ],
      [nobody, { Type: 'Fail', Error: 'Escalation.Unanswered', Cause: 'no level acknowledged in its time' }],
    ),
  };
}
