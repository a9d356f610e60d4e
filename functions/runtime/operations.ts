/**
 * The table of the API: every operation, where it is found, who may ask for it, and what it does. The check of every request
 * (`permission.ts`), the routes, the answer to a wrong method, `docs/api.md` and `docs/openapi.json` come from it; what is
 * not in it cannot be asked for.
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

export interface Operation {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly who: Rule;
  /** Completes "may not …". */
  readonly to: string;
}
const read = (path: string, who: Rule, to: string): Operation => ({ method: 'GET', path, who, to });
const command = (path: string, who: Rule, to: string): Operation => ({ method: 'POST', path, who, to });

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
  'read-gate': read(`${phase}/gate`, anybody, 'read a gate with what its criteria read now'),
  'list-messages': read(`${release}/messages`, anybody, 'list the messages, planned, held and sent'),
  'list-incidents': read(`${release}/incidents`, anybody, 'list the incidents'),
  'list-tasks': read(`${release}/tasks`, anybody, 'list the tasks'),
  'list-freezes': read(`${release}/freezes`, anybody, 'list the freeze windows and which hold now'),
  'list-risks': read(`${release}/risks`, anybody, 'list the risks and which are coming true'),
  'read-scorecard': read(`${release}/scorecard`, anybody, 'read the success metrics'),
  'read-forecast': read(`${release}/forecast`, anybody, 'read the dates that are still to come'),
  'check-access': read('/access/{userId}', anybody, 'ask who has access'),
  'read-openapi': read('/openapi.json', anybody, 'read this description of the API'),

  'start-release': command('/releases', conductors, 'start a release'),
  'pause-release': command(`${release}/pause`, conductors, 'pause or unpause the release'),
  'move-launch-day': command(`${release}/launch-day`, conductors, 'move the launch day'),
  'abort-release': command(`${release}/abort`, conductors, 'abort the release'),
  'withdraw-access': command(`${release}/withdraw-access`, conductors, 'withdraw access'),
  'replace-candidate': command(
    `${release}/candidate`,
    conductors,
    'put another version in the place of the one that is tried',
  ),
  'condemn-version': command(`${release}/bad-version`, conductors, 'mark the version as bad'),
  'override-freeze': command(
    `${release}/freezes/{freeze}/override`,
    conductors,
    'let the release go on in a freeze window',
  ),
  'close-task': command(`${release}/tasks/{task}`, team, 'say that a task is done'),
  'open-incident': command(`${release}/incidents`, team, 'open an incident'),
  'record-measure': command(`${release}/measures/{measure}`, team, 'record a measure'),
  'acknowledge-incident': command(
    `${release}/incidents/{incident}`,
    team,
    'acknowledge, resolve or reopen an incident',
  ),
  'tick-item': command(`${phase}/items/{item}`, owner, 'tick the item'),
  'untick-item': command(`${phase}/items/{item}/untick`, ownerOrApprover, 'take the tick of the item back'),
  'waive-item': command(`${phase}/items/{item}/waiver`, approvers, 'waive the item'),
  'override-criterion': command(
    `${phase}/gate/overrides/{criterion}`,
    approvers,
    'ask for or grant the override of a criterion',
  ),
  'order-phase': command(
    `${phase}/order`,
    approversOrConductors,
    'skip a wait, promote early, hold, correct or roll back the phase',
  ),
  'decide-gate': command(`${phase}/gate`, namedApprover, 'approve or reject at the gate'),
  'report-correction': command(`${phase}/correction`, approvers, 'report a correction of the phase'),
  'resume-phase': command(`${phase}/hold`, approvers, 'resume the phase'),
  'decide-failure': command(`${phase}/decision`, approvers, 'decide about the phase'),

  'erase-person': command('/audience/erasures', dataProtectors, 'erase a person'),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
