/** What a rehearsed release answers: the examples of the API's description. The same plan, the same examples. */
import type { Plan } from '#domain/plan/plan.ts';
import { type OperationName, operations } from '#functions/runtime/operations.ts';
import { ask } from '#rehearsal/gateway.ts';
import { rehearse } from '#rehearsal/rehearse.ts';

export interface Examples {
  /** By name of a parameter in a path. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Bodies of commands, by operation. */
  readonly bodies: Readonly<Partial<Record<OperationName, unknown>>>;
  /** What reads answer, by operation. */
  readonly answers: Readonly<Partial<Record<OperationName, unknown>>>;
}

const bodies: Examples['bodies'] = {
  'start-release': { releaseId: 'v2-may', version: '2.0.0', launchDay: '2025-05-18' },
  'pause-release': { paused: true, reason: 'Freeze until Monday' },
  'move-launch-day': { launchDay: '2025-05-25', reason: 'The training room is not ready' },
  'abort-release': { reason: 'Replaced by 2.0.1' },
  'withdraw-access': { reason: '2.0.0 loses drafts' },
  'record-measure': { value: 82, samples: 40 },
  'acknowledge-incident': { action: 'acknowledge' },
  'tick-item': { evidence: 'Report 118' },
  'decide-gate': { decision: 'approve', role: 'technical-lead', comment: 'Two quiet days' },
  'report-correction': { comment: 'Index rebuilt' },
  'resume-phase': { resolution: 'observe', comment: 'The provider is back' },
  'decide-failure': { decision: 'retry', comment: 'The disk was full' },
  'erase-person': { userId: 'u0000001' },
};

/** Where the release stands: the first users have had the new version for a day. */
const phase = 'production-10';
const seed = 1;
const users = 200;
const dayMs = 86_400_000;
const claims = { username: 'ada', 'cognito:groups': '[]' };

export async function rehearsedExamples(plan: Plan): Promise<Examples> {
  const { world, release } = await rehearse({ plan, seed, users, untilPhase: phase });
  await world.clock.runFor(dayMs);
  const parameters = {
    releaseId: release.id,
    phase,
    item: '6.1.1',
    incident: `${phase}.1.gate`,
    measure: 'survey.satisfaction',
    userId: 'u0000001',
  };
  const answers: Partial<Record<OperationName, unknown>> = {};
  for (const [name, { method, path }] of Object.entries(operations)) {
    // The description is not an example of itself.
    if (method !== 'GET' || name === 'read-openapi') continue;
    const answer = await ask(world, { method, path: filled(path, parameters), claims });
    if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.body}`);
    answers[name as OperationName] = shortened(JSON.parse(answer.body));
  }
  return { parameters, bodies, answers };
}

export const filled = (path: string, parameters: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`${path}: there is no example of {${name}}`);
    return value;
  });

/** Of every list the beginning; of an object whose members are all rows as well. */
const shownMax = 2;

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, shownMax).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  const shown = members.every(isRow) ? members.slice(0, shownMax) : members;
  return Object.fromEntries(shown.map(([name, one]) => [name, shortened(one)]));
}

const isRow = ([, value]: readonly [string, unknown]) => typeof value === 'object' && !Array.isArray(value);
