/** Walks a machine in virtual time with answers instead of functions, and tells which functions it called. */

import type { Json } from '#domain/json.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { Engine } from '#rehearsal/asl/engine.ts';
import { loadMachine } from '#rehearsal/asl/load.ts';
import { VirtualClock } from '#rehearsal/clock.ts';
import { releaseMachine } from '#statemachines/release.ts';

/**
 * Answers by the whole call as it is told, or `step phase#attempt`, or `step phase`, or `step`. A text is an error of that name; `silent` never answers its
 * token.
 */
export type Answers = Readonly<Record<string, Json>>;

/** What steps are told, as far as a walk looks at it. */
interface Payload {
  readonly phase?: string;
  readonly attempt?: number;
  readonly token?: string;
  readonly from?: string;
  readonly rearms?: number;
}

const usual: Answers = {
  'admit-release': { releaseId: 'r1' },
  'run-script': { status: 'succeeded', exitCode: 0, summary: '' },
  'compare-cohorts': { verdict: 'healthy' },
  'expose-users': { held: false },
  observe: { verdict: 'healthy', reason: {} },
  'pass-gate': { outcome: 'promote', reason: {} },
  'await-agreement': { answer: 'agreed' },
  // For want of an answer: silence, not a state that is asked for ever.
  'await-decision': 'silent',
};
const eventsMax = 5000;

export async function walk(plan: Plan, answers: Answers): Promise<readonly string[]> {
  const calls: string[] = [];
  const clock = new VirtualClock(0);
  let uuids = 0;
  const invoke = async (step: string, payload: unknown): Promise<unknown> => {
    const { phase, attempt, token, from, rearms } = payload as Payload;
    const more = [from && `from ${from}`, rearms !== undefined && `after ${rearms} rearms`].filter(Boolean);
    const inAttempt = `${step} ${phase}#${attempt}`;
    const call = [phase === undefined ? step : inAttempt, ...more].join(' ');
    const keys = [call, inAttempt, `${step} ${phase}`, step];
    calls.push(call);
    const all = { ...usual, ...answers };
    const answer = keys.map((key) => all[key]).find((one) => one !== undefined) ?? {};
    if (answer === 'silent') return {};
    if (typeof answer === 'string') throw Object.assign(new Error('as the test says'), { name: answer });
    if (token === undefined) return answer;
    clock.after(1000, () => engine.sendTaskSuccess(token, answer));
    return {};
  };
  const engine: Engine = new Engine({
    clock,
    invoke,
    random: () => 0.5,
    uuid: () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`,
    resolveMachine: () => undefined,
  });
  const execution = engine.start({
    machine: loadMachine(releaseMachine(plan, (step) => step)),
    stateMachineArn: 'arn:aws:states:eu-west-3:000000000000:stateMachine:release',
    name: 'r1',
    input: { releaseId: 'r1' },
  });
  await clock.runUntil(() => execution.status !== 'RUNNING', { eventsMax });
  return [...calls, typeof execution.error === 'string' ? execution.error : execution.status];
}
