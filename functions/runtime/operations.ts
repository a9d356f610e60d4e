/**
 * The table of the API: every operation, where it is found, who may ask for it, and what it does. The check of every request
 * (`permission.ts`), the routes, the answer to a wrong method, `docs/api.md`, `docs/openapi.json` and the commands of `jalon`
 * come from it; what is not in it cannot be asked for. The compiler refuses an operation without a handler
 * (`functions/http/`), without an example (`cli/docs/openapi/`), or of which the command line says nothing (`cli/api/`).
 */
import {
  anybody,
  approvers,
  approversOrConductors,
  conductors,
  dataProtectors,
  namedApprover,
  owner,
  ownerOrApprover,
  type Rule,
  team,
} from './rules.ts';

/** A function of the API: what it answers decides its powers. */
export const apiNames = ['access-api', 'audience-api', 'phase-api', 'read-api', 'release-api'] as const;
export type ApiName = (typeof apiNames)[number];

export interface Operation {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The function that answers it. */
  readonly by: ApiName;
  readonly who: Rule;
  /** Completes "may not …". */
  readonly to: string;
}
/** Rows of one function. */
const row =
  <const M extends Operation['method'], const A extends ApiName>(method: M, by: A) =>
  <const P extends string>(path: P, who: Rule, to: string) =>
    ({ method, path, by, who, to }) as const;
const read = row('GET', 'read-api');
const readLive = row('GET', 'phase-api');
const toRelease = row('POST', 'release-api');
const inPhase = row('POST', 'phase-api');
const toAccess = row('POST', 'access-api');
const toAudience = row('POST', 'audience-api');

const release = '/releases/{releaseId}';
const phase = `${release}/phases/{phase}`;

export const operations = {
  'list-releases': read('/releases', anybody, 'list the releases that are under way, or that have ended'),
  'read-release': read(release, anybody, 'read a release'),
  'read-timeline': read(`${release}/timeline`, anybody, 'read what happened to a release'),
  'list-phases': read(`${release}/phases`, anybody, 'list the phases and how far each is'),
  'read-phase': read(phase, anybody, 'read a phase with its checklist'),
  'read-looks': read(`${phase}/looks`, anybody, 'read the evidence of an observation'),

  'list-gates': read(`${release}/gates`, anybody, 'list the gates, their approvals and decisions'),
  'read-gate': readLive(`${phase}/gate`, anybody, 'read a gate with what its criteria read now'),
  'list-messages': read(`${release}/messages`, anybody, 'list the messages, planned, held and sent'),
  'list-incidents': read(`${release}/incidents`, anybody, 'list the incidents'),
  'list-tasks': read(`${release}/tasks`, anybody, 'list the tasks'),
  'list-freezes': read(`${release}/freezes`, anybody, 'list the freeze windows and which hold now'),
  'list-risks': read(`${release}/risks`, anybody, 'list the risks and which are coming true'),
  'read-scorecard': read(`${release}/scorecard`, anybody, 'read the success metrics'),
  'read-forecast': read(`${release}/forecast`, anybody, 'read the dates that are still to come'),
  'check-access': read('/access/{userId}', anybody, 'ask who has access'),
  'read-openapi': read('/openapi.json', anybody, 'read this description of the API'),

  'start-release': toRelease('/releases', conductors, 'start a release'),
  'pause-release': toRelease(`${release}/pause`, conductors, 'pause or unpause the release'),
  'move-launch-day': toRelease(`${release}/launch-day`, conductors, 'move the launch day'),
  'abort-release': toRelease(`${release}/abort`, conductors, 'abort the release'),
  'withdraw-access': toAccess(`${release}/withdraw-access`, conductors, 'withdraw access'),
  'replace-candidate': toRelease(
    `${release}/candidate`,
    conductors,
    'put another version in the place of the one that is tried',
  ),
  'condemn-version': toRelease(`${release}/bad-version`, conductors, 'mark the version as bad'),
  'override-freeze': toRelease(
    `${release}/freezes/{freeze}/override`,
    conductors,
    'let the release go on in a freeze window',
  ),
  'close-task': toRelease(`${release}/tasks/{task}`, team, 'say that a task is done'),
  'open-incident': inPhase(`${release}/incidents`, team, 'open an incident'),
  'record-measure': toRelease(`${release}/measures/{measure}`, team, 'record a measure'),
  'acknowledge-incident': inPhase(
    `${release}/incidents/{incident}`,
    team,
    'acknowledge, resolve or reopen an incident',
  ),
  'tick-item': inPhase(`${phase}/items/{item}`, owner, 'tick the item'),
  'untick-item': inPhase(`${phase}/items/{item}/untick`, ownerOrApprover, 'take the tick of the item back'),
  'waive-item': inPhase(`${phase}/items/{item}/waiver`, approvers, 'waive the item'),
  'override-criterion': inPhase(
    `${phase}/gate/overrides/{criterion}`,
    approvers,
    'ask for or grant the override of a criterion',
  ),
  'order-phase': inPhase(
    `${phase}/order`,
    approversOrConductors,
    'skip a wait, promote early, hold, correct or roll back the phase',
  ),
  'decide-gate': inPhase(`${phase}/gate`, namedApprover, 'approve or reject at the gate'),
  'report-correction': inPhase(`${phase}/correction`, approvers, 'report a correction of the phase'),
  'resume-phase': inPhase(`${phase}/hold`, approvers, 'resume the phase'),
  'decide-failure': inPhase(`${phase}/decision`, approvers, 'decide about the phase'),

  'erase-person': toAudience('/audience/erasures', dataProtectors, 'erase a person'),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
export const operationNames = Object.keys(operations) as OperationName[];
/** What people do; the others only read. */
export type CommandName = {
  [N in OperationName]: (typeof operations)[N]['method'] extends 'POST' ? N : never;
}[OperationName];
export type ReadName = Exclude<OperationName, CommandName>;
export const isCommand = (name: OperationName): name is CommandName => operations[name].method === 'POST';

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
/** The names of the parameters in an operation's path. */
export type ParameterOf<N extends OperationName> = NamesIn<(typeof operations)[N]['path']>;
