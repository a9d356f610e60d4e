/**
 * The table of the API: every operation, where it is found, who may ask for it, and what it does. The check of every request
 * (`permission.ts`), the routes, the answer to a wrong method, `docs/reference/api.md`, `docs/reference/openapi.json` and the commands of `jalon`
 * come from it; what is not in it cannot be asked for. The compiler refuses an operation without a handler
 * (`functions/http/`), without an example (`cli/docs/openapi/`), or of which the command line says nothing (`cli/api/`).
 */
import type { Fact } from '#domain/ledger/facts.ts';
import type { OperationName } from '#domain/refusals/operation-names.ts';
import {
  anybody,
  approvers,
  approversOrConductors,
  conductors,
  dataProtectors,
  namedApprover,
  owner,
  ownerOrApprover,
  type PermissionRule,
  reporters,
  team,
} from './rules.ts';

/** A function of the API: what it answers decides its powers. */
const apiNames = ['access-api', 'audience-api', 'phase-api', 'read-api', 'release-api'] as const;
export type ApiName = (typeof apiNames)[number];

export interface Operation {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The function that answers it. */
  readonly by: ApiName;
  readonly who: PermissionRule;
  /** Completes "may not …". */
  readonly to: string;
  /** What the ledger says of it; one of them where there are several. */
  readonly facts: readonly Fact['type'][];
}
/** Rows of one function; of a command with what the ledger says once it is done. */
const row =
  <const M extends Operation['method'], const A extends ApiName>(method: M, by: A) =>
  <const P extends string>(path: P, who: PermissionRule, to: string, ...facts: readonly Fact['type'][]) =>
    ({ method, path, by, who, to, facts }) as const;
const read = row('GET', 'read-api');
const readLive = row('GET', 'phase-api');
const toRelease = row('POST', 'release-api');
const inPhase = row('POST', 'phase-api');
const toAccess = row('POST', 'access-api');
const toAudience = row('POST', 'audience-api');

const release = '/releases/{releaseId}';
const phase = `${release}/phases/{phase}`;
const item = `${phase}/items/{item}`;
const incident = `${release}/incidents/{incident}`;

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
  'check-access': read('/access/{userId}', anybody, 'check who has access'),
  'read-openapi': read('/openapi.json', anybody, 'read this description of the API'),

  'start-release': toRelease('/releases', conductors, 'start a release', 'release.admitted'),
  'pause-release': toRelease(`${release}/pause`, conductors, 'pause the release', 'release.paused'),
  'unpause-release': toRelease(`${release}/unpause`, conductors, 'unpause the release', 'release.unpaused'),
  'move-launch-day': toRelease(
    `${release}/launch-day/move`,
    conductors,
    'move the launch day',
    'launch.moved',
  ),
  'replace-candidate': toRelease(
    `${release}/candidate/replace`,
    conductors,
    'replace the version that is tried by another one',
    'candidate.replaced',
  ),
  'mark-version-bad': toRelease(
    `${release}/version/mark-bad`,
    conductors,
    'mark the version as bad',
    'version.marked-bad',
  ),
  'override-freeze': toRelease(
    `${release}/freezes/{freeze}/override`,
    conductors,
    'override a freeze window',
    'freeze.overridden',
  ),
  'abort-release': toRelease(
    `${release}/abort`,
    conductors,
    'abort the release',
    'release.closed',
    'release.abort-asked',
  ),
  'withdraw-access': toAccess(
    `${release}/access/withdraw`,
    conductors,
    'withdraw the access that an ended release has left',
    'access.withdrawn',
  ),
  'record-measure': toRelease(
    `${release}/measures/{measure}/record`,
    reporters,
    'record a measure',
    'measure.recorded',
  ),
  'close-task': toRelease(`${release}/tasks/{task}/close`, team, 'close a task', 'task.closed'),

  'open-incident': inPhase(`${release}/incidents`, team, 'open an incident', 'incident.opened'),
  'acknowledge-incident': inPhase(
    `${incident}/acknowledge`,
    team,
    'acknowledge an incident',
    'incident.acknowledged',
  ),
  'resolve-incident': inPhase(`${incident}/resolve`, team, 'resolve an incident', 'incident.resolved'),
  'reopen-incident': inPhase(`${incident}/reopen`, team, 'reopen an incident', 'incident.reopened'),

  'tick-item': inPhase(`${item}/tick`, owner, 'tick the item', 'item.ticked'),
  'untick-item': inPhase(`${item}/untick`, ownerOrApprover, 'untick the item', 'item.unticked'),
  'waive-item': inPhase(`${item}/waive`, approvers, 'waive the item', 'item.waived'),
  'override-criterion': inPhase(
    `${phase}/gate/criteria/{criterion}/override`,
    approvers,
    'override a criterion: one asks, another one grants it',
    'gate.override-asked',
    'gate.overridden',
  ),
  'override-incident': inPhase(
    `${phase}/incidents/{incident}/override`,
    approvers,
    'override an incident that stops the release: one asks, another one grants it',
    'incident.override-asked',
    'incident.overridden',
  ),
  'approve-gate': inPhase(`${phase}/gate/approve`, namedApprover, 'approve at the gate', 'gate.approved'),
  'reject-gate': inPhase(`${phase}/gate/reject`, namedApprover, 'reject at the gate', 'gate.rejected'),
  'order-phase': inPhase(
    `${phase}/order`,
    approversOrConductors,
    'order the phase to skip a wait, promote early, hold, correct or roll back',
    'phase.ordered',
  ),
  'report-correction': inPhase(
    `${phase}/correction/report`,
    approvers,
    'report a correction of the phase',
    'phase.corrected',
  ),
  'resume-phase': inPhase(`${phase}/resume`, approvers, 'resume the phase', 'phase.resumed'),
  'decide-phase': inPhase(`${phase}/decide`, approvers, 'decide about the phase', 'decision.taken'),
  'agree-rollback': inPhase(
    `${phase}/rollback/agree`,
    approversOrConductors,
    'agree to what a rollback cannot give back',
    'rollback.agreed',
  ),
  'decline-rollback': inPhase(
    `${phase}/rollback/decline`,
    approversOrConductors,
    'decline what a rollback cannot give back',
    'rollback.declined',
  ),

  'erase-person': toAudience('/audience/person/erase', dataProtectors, 'erase a person'),
} as const satisfies Readonly<Record<OperationName, Operation>>;

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
