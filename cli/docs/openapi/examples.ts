/** The examples of the API's description: what people send, and what a rehearsed release answers. The same plan, the same examples. */

import type * as z from 'zod';
import type { Plan } from '#domain/plan/plan.ts';
import type { OperationName } from '#domain/refusals/operation-names.ts';
import { dayMs } from '#domain/time.ts';
import type { handlers } from '#functions/catalogue.ts';
import {
  type CommandName,
  isCommand,
  operationNames,
  operations,
  type ParameterOf,
  type ReadName,
} from '#functions/runtime/operations.ts';
import { ask } from '#rehearsal/gateway.ts';
import { rehearse } from '#rehearsal/rehearse.ts';

/** What is sent with an operation, beside who asks and what its path names. */
type SentWith<N extends OperationName> = Omit<
  z.input<(typeof handlers)[N]['input']>,
  'actor' | ParameterOf<N>
>;

export const bodies: { readonly [N in CommandName]: SentWith<N> } = {
  'start-release': { releaseId: 'v2-may', version: '2.0.0', launchDay: '2025-05-18' },
  'pause-release': { reason: 'Freeze until Monday' },
  'unpause-release': { reason: 'It is Monday' },
  'move-launch-day': { launchDay: '2025-05-25', reason: 'The training room is not ready' },
  'abort-release': { reason: 'Replaced by 2.0.1' },
  'withdraw-access': { reason: '2.0.0 loses drafts' },
  'replace-candidate': { version: '2.0.1', reason: 'Drafts are kept' },
  'mark-version-bad': { reason: '2.0.0 loses drafts' },
  'override-freeze': { reason: 'The correction cannot wait until Monday' },
  'close-task': { note: 'Reviewed with the team' },
  'open-incident': { severity: 'major', title: 'Search answers nothing', phase: 'production-10' },
  'record-measure': { value: 82, samples: 40 },
  'acknowledge-incident': {},
  'resolve-incident': {},
  'reopen-incident': { comment: 'It is back' },
  'tick-item': { evidence: 'Report 118' },
  'untick-item': { reason: 'Report 118 is of another version' },
  'waive-item': { reason: 'Done with 1.9 already' },
  'override-criterion': { comment: 'A known fault of the counter' },
  'override-incident': { comment: 'Only the demo account is hit' },
  'order-phase': { order: 'roll-back', level: 'full', reason: 'Support is overrun' },
  'approve-gate': { role: 'technical-lead', comment: 'Two quiet days' },
  'reject-gate': { role: 'technical-lead', comment: 'Drafts are lost' },
  'agree-rollback': { comment: 'The backup of 14:00 is good' },
  'decline-rollback': { comment: 'The alarm was the load balancer’s' },
  'report-correction': { comment: 'Index rebuilt' },
  'resume-phase': { resolution: 'observe', comment: 'The provider is back' },
  'decide-phase': { decision: 'retry', comment: 'The disk was full' },
  'erase-person': { userId: 'u0000001' },
};

/** Where the release stands: the first users have had the new version for a day. */
const phase = 'production-10';
const seed = 1;
const users = 200;
const claims = { username: 'ada', 'cognito:groups': '[]' };

/** Of any operation's path. */
export type Parameter = ParameterOf<OperationName>;
const parametersOf = (releaseId: string): ApiExamples['parameters'] => ({
  releaseId,
  phase,
  item: '6.1.1',
  criterion: '6.1.3',
  incident: `${phase}.1.gate`,
  measure: 'survey.satisfaction.pilots',
  task: `${phase}.1.full.report`,
  freeze: 'week-end',
  userId: 'u0000001',
});

export interface ApiExamples {
  readonly parameters: Readonly<Record<Parameter, string>>;
  readonly answers: Readonly<Partial<Record<OperationName, unknown>>>;
}

/** Which reads a rehearsed release is asked for their example, or why it is not. */
const asked: Readonly<Record<ReadName, true | { readonly not: string }>> = {
  'list-releases': true,
  'read-release': true,
  'read-timeline': true,
  'list-phases': true,
  'read-phase': true,
  'read-looks': true,
  'list-gates': true,
  'read-gate': true,
  'list-messages': true,
  'list-incidents': true,
  'list-tasks': true,
  'list-freezes': true,
  'list-risks': true,
  'read-scorecard': true,
  'read-forecast': true,
  'check-access': true,
  'read-openapi': { not: 'the description is no example of itself' },
};

export async function rehearsedExamples(plan: Plan): Promise<ApiExamples> {
  const { world, release } = await rehearse({ plan, seed, users, untilPhase: phase });
  await world.clock.runFor(dayMs);
  const parameters = parametersOf(release.id);
  const answers: Partial<Record<OperationName, unknown>> = {};
  for (const name of operationNames) {
    if (isCommand(name) || asked[name] !== true) continue;
    const { method, path } = operations[name];
    const answer = await ask(world, {
      method,
      path: filled(path, parameters),
      claims,
    });
    if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.body}`);
    answers[name] = shortened(JSON.parse(answer.body));
  }
  return { parameters, answers };
}

const filled = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? name);

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
