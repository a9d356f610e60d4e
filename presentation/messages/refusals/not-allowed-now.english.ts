import { type Sayings, say } from '#domain/coded.ts';
import type { NotAllowed } from '#domain/refusals/not-allowed-now.ts';
import type { WaitKind } from '#domain/rules/wait.ts';
import { asRequested, englishBlockers } from '../blockers.ts';

/** What else could be done about a wait that an order is not for. */
const instead: Readonly<Record<WaitKind | 'none', string>> = {
  none: 'it is not under way',
  start: 'the phase has not begun: pause the release, or skip the wait',
  checklist: 'its checklist is open: tick it, pause the release, correct or roll back',
  script: 'a script is running: wait for its end, correct or roll back',
  bake: 'it is being observed: promote, hold, correct or roll back',
  gate: 'its gate is open: approve or reject, hold, correct or roll back',
  hold: 'it is held: say how it goes on',
  correction: 'it is being corrected: report the correction',
  decision: 'somebody must decide about it: retry, roll back at a level, or abandon',
  agreement: 'two people must agree to its rollback: agree, decline, or roll back at another level',
  'follow-up': 'follow-up',
  acknowledgement: 'acknowledgement',
};

export const englishNotAllowed: Sayings<NotAllowed> = {
  'release-ended': ({ release, status }) =>
    `release "${release}" is ${status}: nothing can be changed any more`,
  'fact-after-end': ({ release, status, fact }) =>
    `release "${release}" is ${status}: "${fact}" can no longer happen to it`,
  'rollback-runs': ({ release, phase, until }) =>
    `release "${release}" is being rolled back from "${phase}": wait for its end; if it fails, or stands still until ${until}, two people may abort it`,
  'release-gives-access': ({ release }) =>
    `release "${release}" is under way and its machine gives access: abort it first`,
  'release-completed': ({ release }) =>
    `release "${release}" is completed: its version is what users are to have`,
  'access-of-another-release': ({ release }) =>
    `the access that users have is not of release "${release}": it has given none, or another release has since`,
  'launch-day-fixed': ({ launchDay }) =>
    `users have had access since launch on ${launchDay}: the day cannot move`,
  'no-other-candidate': () =>
    'the plan lets no other version take the place of the one that is tried (candidate.replaceableIn)',
  'no-other-candidate-now': ({ phases }) =>
    `another version may come in ${phases.join(', ')}: none of them is under way`,
  'freeze-not-in-force': ({ freeze }) => `freeze window "${freeze}" holds nothing now`,

  'phase-not-open': ({ phase }) => `phase "${phase}" is not open`,
  'not-waited-for': ({ release, kind, phase, open }) =>
    `release "${release}" does not wait for a ${kind}${phase === undefined ? '' : ` of ${phase}`} now: it waits for ${open.map((one) => `${one.kind} of ${one.phase}`).join(', ') || 'nothing'}`,
  'order-under-way': ({ by, order, phase }) =>
    `${by} has ordered "${order}" in "${phase}": it stands until it is carried out`,
  'order-stands': ({ by, order }) => `${by} has ordered "${order}": it stands`,
  'already-answered': ({ answer }) => `somebody has answered "${answer}" to this already: it stands`,
  'second-person-wanted': ({ person, level }) =>
    `${person} wants this ("${level}") already: it takes a second person, with any role of the gate`,
  'hold-answered': ({ phase, answer }) => `somebody has answered "${answer}" to the hold of "${phase}"`,
  'phase-over': ({ phase }) => `phase "${phase}" is over: what follows from it is under way`,
  'observation-ended': ({ phase, verdict }) => `the observation of "${phase}" has ended: ${verdict}`,
  'gate-decided': ({ phase, outcome }) => `the gate of "${phase}" has decided: ${outcome}`,
  'gate-decided-by-item': ({ phase, outcome }) =>
    `the gate of "${phase}" has decided by this item: ${outcome}`,
  'gate-without-date': ({ phase }) => `the gate of "${phase}" waits for no date: approve or reject`,
  'order-impossible': ({ phase, order, at }) =>
    `phase "${phase}" cannot be told to ${order} now: ${instead[at]}`,
  'too-many-reports': ({ person, reportsMax, from }) =>
    `${person} has reported ${reportsMax} incidents within an hour: say more to whoever takes them, the next one is taken from ${from} on`,
  'order-held-back': ({ phase, order, because }) =>
    `phase "${phase}" cannot be told to ${order}: ${say(englishBlockers(asRequested), because)}`,
  'incident-stops-nothing': ({ incident }) =>
    `incident "${incident}" stops nothing: it is resolved, or neither critical nor major`,
  'answer-held-back': ({ phase, answer, because }) =>
    `phase "${phase}" cannot be told to ${answer}: ${say(englishBlockers(asRequested), because)}`,
  'answer-impossible': ({ phase, answer, possible }) =>
    `"${answer}" leads nowhere from where "${phase}" is held: choose ${possible.join(', ')}`,
  'no-correction-left': ({ phase, attemptsMax }) =>
    `all ${attemptsMax} attempts of "${phase}" are used: hold, or roll back`,
  'no-retry-left': ({ phase, attemptsMax }) =>
    `all ${attemptsMax} attempts of ${phase} are used: roll back or abandon the release`,
};
