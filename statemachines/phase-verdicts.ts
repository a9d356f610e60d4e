/** The steps of a phase that end with a verdict or a decision, and the states of each. */
import type { Json } from '#domain/json.ts';
import * as causes from './causes.ts';
import { call, jsonata, seconds, wait } from './language.ts';
import { type Building, identity, type NamedState, ordered } from './phase-states.ts';

/** How often a person may send a held phase round again before people are asked what becomes of it. */
const holdsMax = 5;
/** The phase is left this way, for this reason. */
const leaving = (way: 'correct' | 'roll-back', why: Readonly<Record<string, Json>>, close: string) => ({
  Assign: { way, why },
  Next: close,
});
/** Heartbeats that may be missing before the silence is diagnosed: three ticks and slack for a late one. */
const heartbeatTicks = 4;

export function observe({ phase, name, step, next }: Building): readonly NamedState[] {
  const { observation } = phase;
  if (!observation) return [];
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
          { Condition: jsonata("$verdict.ordered.outcome = 'promote'"), Next: next },
          { Condition: jsonata("$verdict.ordered.outcome = 'hold'"), Next: name.hold },
          ordered('verdict', name.close),
          { Condition: jsonata("$verdict.verdict = 'healthy'"), Next: next },
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

export function passGate({ phase, name, step, next }: Building): readonly NamedState[] {
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
        Default: next,
      },
    ],
  ];
}

/** Cohorts that differ before anybody has the new version make every comparison worthless: a person decides. */
export function compareCohorts({ phase, name, step, next }: Building): readonly NamedState[] {
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
        Default: next,
      },
    ],
  ];
}

export function hold({ phase, name, step }: Building): readonly NamedState[] {
  return [
    [
      name.hold,
      wait(step('hold-phase'), {
        payload: { ...identity(phase), from: jsonata('$heldFrom') },
        timeoutSeconds: 60 * seconds.day,
        assign: {
          answer: jsonata('$states.result'),
          resolution: jsonata('$states.result.resolution'),
          // What ends by itself is nobody's round.
          holds: jsonata("$states.result.resolution = 'unblocked' ? $holds : $holds + 1"),
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
            Condition: jsonata(`$holds > ${holdsMax}`),
            ...leaving(
              'roll-back',
              { severity: 'critical', cause: causes.heldTooOften(holdsMax) },
              name.close,
            ),
          },
          {
            Condition: jsonata("$resolution = 'correct'"),
            ...leaving('correct', { cause: causes.correctedAfterHold }, name.close),
          },
          ...(phase.exposure !== undefined
            ? [{ Condition: jsonata("$resolution in ['expose', 'unblocked']"), Next: name.expose }]
            : []),
          ...(phase.observation
            ? [{ Condition: jsonata("$resolution = 'observe'"), Assign: { rearms: 0 }, Next: name.observe }]
            : []),
        ],
        Default: name.gate,
      },
    ],
  ];
}
