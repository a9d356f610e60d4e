/** What the timeline says in English. Its keys are the catalogue's: every other language has exactly these. */

import type { SourceFault, unknownCauseOf } from '#domain/judge/source-faults.ts';
import type { ComponentState, MessageStatus, RiskState, Verdict } from '#domain/ledger/facts.ts';
import type { RollbackCourse } from '#domain/ledger/outcomes.ts';
import type { IncidentRecord } from '#domain/ledger/records.ts';
import type { NoticeKind } from '#domain/mailing/notice.ts';
import type { GateOutcome, RollbackLevelName } from '#domain/plan/plan.ts';
import { englishCauses } from './causes.english.ts';
import { englishOutcomes } from './outcomes.ts';
import { englishSeverities } from './severities.ts';
import { englishSourceFaults } from './source-faults.english.ts';

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const quoted = (text: string) => `“${text}”`;
const done = (count: number, total: number, byTeam: number, bySystem: number) =>
  `${count === total ? plural(count, 'item') : `${count} of ${total} items`} done (${byTeam} by the team, ${bySystem} by the system)`;

export const english = {
  quoted,
  colon: ': ',
  launchOffset: (days: number) =>
    days === 0 ? 'Launch day' : `Launch ${days > 0 ? '+' : '-'} ${Math.abs(days)}`,
  title: (title: string, version: string) => `Rehearsal: ${title}, version ${version}`,
  subtitle: (launch: string, zone: string) => `Launch day: ${launch}. Dates and times of ${zone}.`,
  scenario: (title: string) => `Scenario: ${title}`,
  circumstances: (users: string, seed: number) => `${users} simulated users, seed ${seed}.`,

  admission: 'Start',
  followUp: 'Follow-up after the last phase',
  phaseHeading: (name: string, section: string, attempt: number) =>
    `${name} (section ${section})${attempt > 1 ? `, attempt ${attempt}` : ''}`,
  plannedDates: (from: string, to: string) => (from === to ? `planned ${from}` : `planned ${from} to ${to}`),
  realDates: (from: string, to: string | undefined) =>
    to === undefined ? `real: since ${from}` : from === to ? `real: ${from}` : `real: ${from} to ${to}`,
  rollbackHeading: (name: string, level: string, phase: string) => `${name} (${level}) after ${phase}`,
  askedHeading: (phase: string) => `${phase} cannot go on, a person decides`,

  admitted: (by: string, revision: string) => `Release started by ${by}, plan of ${revision}`,
  paused: (by: string) => `Release paused by ${by}`,
  unpaused: (by: string) => `Pause lifted by ${by}`,
  abortAsked: (by: string) =>
    `${by} asks to abort the release in the middle of its rollback: a second person must ask as well`,
  launchMoved: (from: string, to: string) => `Launch day moved from ${from} to ${to}`,
  opened: (attempt: number, max: number) =>
    attempt > 1 ? `Phase opened again (attempt ${attempt} of ${max})` : 'Phase opened',
  held: (from: 'gate' | 'observation' | 'exposure') =>
    `Phase held by the ${from === 'exposure' ? 'comparison of the cohorts' : from}, a person decides`,
  heldBy: (blocker: string) => `Phase held before users get access: ${blocker}`,
  unblocked: 'Nothing holds the phase any more: users get access',
  resumed: {
    gate: 'Hold lifted: the gate is asked again',
    observe: 'Hold lifted: observed again',
    expose: 'Hold lifted: access is given all the same',
    correct: 'Hold lifted: correction requested',
  },
  left: {
    promote: 'Phase finished',
    correct: 'Phase left for a correction',
    hold: 'Phase held',
    'roll-back': 'Phase left for a rollback',
  } satisfies Record<GateOutcome, string>,
  corrected: 'Correction reported, the phase begins again',
  late: (open: number) => `Late: ${plural(open, 'item')} still open on the last day`,
  andOthers: (count: number) => `… and ${plural(count, 'other')}`,

  scriptUncertain: (script: string) => `${script}: perhaps it runs, its start was not confirmed`,
  exposureUncertain: (to: number) =>
    `Access for ${to} % of the users: perhaps switched, it was not confirmed`,
  scriptRunning: (script: string) => `${script}: running`,
  scriptPassed: (script: string, after: string) => `${script}: succeeded in ${after}`,
  scriptFailed: (script: string, after: string, code: number) =>
    `${script}: failed after ${after} (code ${code})`,
  checklist: (count: number, total: number, byTeam: number, bySystem: number) =>
    `Checklist: ${done(count, total, byTeam, bySystem)}`,
  checklistAtGate: (count: number, total: number, byTeam: number, bySystem: number) =>
    `During the phase: ${done(count, total, byTeam, bySystem)}`,
  firstDone: (first: string) => `, the first on ${first}`,
  waived: (item: string, by: string, reason: string) => `Waived: ${item}, by ${by} (${reason})`,
  unticked: (item: string, by: string) => `Open again: ${item}, by ${by}`,

  ordered: {
    'skip-wait': (by: string) => `${by} skips the wait for the date`,
    promote: (by: string) => `${by} ends the observation early`,
    hold: (by: string) => `${by} holds the phase`,
    correct: (by: string) => `${by} orders a correction`,
    'roll-back': (by: string) => `${by} orders a rollback`,
  },
  markedBad: (version: string, by: string) => `Version ${version} found to be bad by ${by}`,
  candidateReplaced: (from: string, to: string, by: string) =>
    `Version ${to} takes the place of ${from}, by ${by}`,
  freezeOverridden: (name: string, until: string, by: string) =>
    `Freeze "${name}" does not count until ${until}, by ${by}`,
  overrideAsked: (criterion: string, by: string) => `${by} asks that criterion ${criterion} shall not count`,
  overridden: (criterion: string, by: string) => `Criterion ${criterion} does not count: granted by ${by}`,
  notCounted: 'overridden by two people',
  reopened: (by: string) => `Incident opened again by ${by}`,
  taskDone: (title: string, by: string) => `Task done: ${title}, by ${by}`,

  exposure: (from: number, to: number) =>
    to > from
      ? `Access opened: from ${from} % to ${to} % of users`
      : `Access withdrawn: from ${from} % to ${to} %`,
  observing: (hours: number) => `Observation started: ${hours} h of continuous health to prove`,
  breached: (check: string, value: string, objective: string, reset: boolean) =>
    `Breach: ${check} ${value} (objective ${objective})${reset ? ', the clock starts again' : ''}`,
  provenWorse: (control: string) => `proven against the users without the new version (${control})`,
  environment: 'nothing proves that it is the new version: look at the environment',
  recovered: (check: string) => `${check}: back within the objective`,
  cohorts: {
    healthy: 'Cohorts compared before the new version is there: alike',
    unhealthy: 'Cohorts compared before the new version is there: they differ already',
    inconclusive: 'Cohorts compared before the new version is there: too little to tell',
    unknown: 'Cohorts cannot be compared beforehand: nothing is measured by cohort yet',
  } satisfies Record<Verdict, string>,
  sees: (check: string, ratio: string) => `This observation finds ${check} from ${ratio} times the usual on`,
  blind: (check: string) => `This observation is blind to ${check}: too little traffic for its length`,
  risk: {
    quiet: (risk: string) => `Risk no longer seen: ${risk}`,
    threatening: (risk: string) => `Risk coming true: ${risk}`,
  } satisfies Record<RiskState, (risk: string) => string>,
  noValue: 'without a value',
  breachesMore: (count: number) =>
    `${plural(count, 'more breach', 'more breaches')} of the same check, the last at this time`,
  sourceFaults: englishSourceFaults,
  judge: {
    heading: (phase: string, exposure: string, from: string, to: string) =>
      `${phase}, ${exposure} % of the users, from ${from} to ${to}`,
    budget: (percent: string) =>
      `A healthy version would be called ill with a chance of ${percent} % at most.`,
    columns: ['Check', 'Value', 'Old version', 'Evidence', 'Needed', 'Verdict'],
    proven: 'the new version is proven to be worse',
    notProven: 'not proven to be worse',
    byWindow: 'judged by its window of readings',
    unknown: {
      unavailable: 'unknown: the source does not work',
      'no-such-metric': 'unknown: there is no such metric',
      ambiguous: 'unknown: several series where one is meant',
      malformed: 'unknown: no numbers',
      impossible: 'unknown: counts that cannot be',
      backwards: 'unknown: time goes backwards',
      'no-cohort': 'unknown: nobody to compare with',
      stale: 'unknown: the source fell silent',
      split: 'unknown: the cohorts are off',
    } satisfies Record<(typeof unknownCauseOf)[SourceFault['code']], string>,
    leftOut: (check: string, minutes: number, why: string) =>
      `${check}: ${plural(minutes, 'minute that cannot be is', 'minutes that cannot be are')} left out (${why})`,
    undecided: 'The data end before the observation does',
    escalated: 'Nothing can be seen: somebody is called',
    rule: 'Rule',
    check: 'Check',
    decision: 'Decision',
    rollsBackAfter: (duration: string) => `rolls back after ${duration}`,
    neverRollsBack: 'does not roll back',
  },
  frozen: (why: string) => `Observation frozen: ${why}`,
  unfrozen: (duration: string) => `Observation goes on after ${duration} without values`,
  observed: {
    healthy: 'Health proven',
    unhealthy: 'Observation ended, the phase is unhealthy',
    inconclusive: 'Health not proven in time',
    unknown: 'Observation without values',
  } satisfies Record<Verdict, string>,
  healthyHours: (hours: string) => ` (${hours} h of continuous health)`,

  gateOpened: (roles: string) => `Gate opened, approvals awaited: ${roles}`,
  approved: (role: string, by: string) => `Approved by ${role} (${by})`,
  rejected: (role: string, by: string) => `Rejected by ${role} (${by})`,
  notBefore: (moment: string) => `; no decision before ${moment}`,
  gateLate: (hours: number, waitsFor: string) =>
    `Gate undecided after ${hours} h, it waits for ${waitsFor}: somebody is called`,
  decided: {
    promote: 'Gate passed',
    correct: 'Gate closed: correction',
    hold: 'Gate closed: hold',
    'roll-back': 'Gate closed: rollback',
  } satisfies Record<GateOutcome, string>,
  noCriteria: 'no measured criterion in the plan: complete checklist and approvals',
  criterionApproved: (role: string) => `approved by ${role}`,
  criterionNotApproved: (role: string) => `not approved by ${role}`,
  criterionUnread: 'no value',
  noDataPasses: 'no value, accepted by the plan',
  objectiveIs: (objective: string) => `objective ${objective}`,
  belowControl: 'no worse than the version in place',

  messagesPlanned: (count: number, first: string, last: string) =>
    `${plural(count, 'message')} dated, ${first === last ? `for ${first}` : `from ${first} to ${last}`}`,
  messagesReplanned: (count: number) => `${plural(count, 'message')} re-planned`,
  messageSent: (label: string, audience: string, subject: string, people: string) =>
    `${label}, ${audience}: ${quoted(subject)}, recipients: ${people}`,
  messageFailed: (count: number) => ` (${plural(count, 'failure')})`,
  messageSending: (label: string, audience: string, subject: string) =>
    `${label}, ${audience}: ${quoted(subject)}, being sent`,
  invitesToThePast: (phase: string, day: string) => `invites to ${phase}, which ended on ${day}`,
  messageHeld: (label: string, subject: string, why: string) => `${label} held: ${quoted(subject)} (${why})`,
  messageSkipped: (label: string, subject: string, why: string) =>
    `${label} skipped: ${quoted(subject)} (${why})`,
  reportSent: (step: string, roles: string) => `Report to the team (${step}), to ${roles}`,
  reportAgain: (step: string) => `Report to the team (${step}): the first sending broke off, it goes again`,
  reportSkipped: (step: string, why: string) => `Report to the team (${step}) left out: ${why}`,
  gateReminded: 'Those who have not approved are asked again',
  messagesCancelled: (labels: string) => `Messages cancelled: ${labels}`,

  severities: englishSeverities,
  incident: (severity: string, title: string) => `Incident (${severity}): ${title}`,
  called: (level: number, role: string) => `Level ${level} called: ${role}`,
  calledAt: (level: number, role: string) => `, level ${level} called (${role})`,
  grouped: ', told to those who are called for what the same person reported before',
  acknowledged: (by: string, after: string) => `Incident acknowledged by ${by}, ${after} after it opened`,
  unanswered: 'Nobody answered the incident',
  resolved: (by: string | undefined, after: string) =>
    by === undefined
      ? `Incident over by itself, ${after} after it opened: its check is well again`
      : `Incident resolved by ${by}, ${after} after it opened`,
  falseAlarm: (by: string, after: string) =>
    `Incident closed as a false alarm by ${by}, ${after} after it opened`,
  incidentOverrideAsked: (by: string) => `${by} asks that the incident shall not stop the release`,
  incidentOverridden: (by: string) => `The incident does not stop the release: granted by ${by}`,

  rollbackChosen: (name: string, why: string) => `${name} chosen: ${why}`,
  asked: {
    none: (why: string) => `A person decides: ${why}`,
    withdraw: (why: string) => `Access is withdrawn, a person decides: ${why}`,
    'switch-off': (why: string) => `The component is switched off, a person decides: ${why}`,
  } satisfies Record<Exclude<RollbackCourse, RollbackLevelName>, (why: string) => string>,
  agreed: (what: string, by: string) => `${by} agrees: ${what}`,
  declined: (what: string, by: string) => `${by} declines: ${what}. A person decides`,
  rollbackFailed: (error: string) => `The rollback failed (${error}), a person decides`,
  giveUp: 'give the release up',
  component: { on: 'switched on again', limited: 'limited', off: 'switched off' } satisfies Record<
    ComponentState,
    string
  >,
  task: (title: string, owner: string) => `Task opened for ${owner}: ${title}`,
  decisions: {
    retry: 'Decision: try again',
    abandon: 'Decision: abandon',
  },
  noReason: 'no reason given',
  causes: englishCauses,
  closed: {
    active: 'Release under way',
    ...englishOutcomes,
  },
  stoppedAt: (phase: string) => `Rehearsal stopped when ${phase} opened, as asked (--until)`,
  stuck: (status: string, error: string) => `Execution ${status}${error === '' ? '' : ` (${error})`}`,

  summary: 'Summary',
  outcome: 'Outcome',
  span: 'Duration',
  spanText: (from: string, to: string, days: number) => `${from} to ${to}, ${plural(days, 'day')}`,
  finalAccess: 'Final access',
  finalAccessText: (percent: number) => `${percent} % of users`,
  phases: 'Phases',
  phase: 'Phase',
  planned: 'Planned',
  real: 'Real',
  delay: 'Delay',
  delayDays: (days: number) => (days === 0 ? 'on time' : `${days > 0 ? '+' : '-'}${Math.abs(days)} d`),
  attempts: 'Attempts',
  notReached: 'not reached',
  running: 'running',
  unfinished: 'unfinished',
  outcomes: {
    promote: 'promoted',
    correct: 'corrected',
    hold: 'held',
    'roll-back': 'rolled back',
  } satisfies Record<GateOutcome, string>,
  messages: 'Messages',
  message: 'Message',
  audience: 'Audience',
  recipients: 'Recipients',
  status: 'Status',
  onEvent: 'on event',
  statuses: {
    planned: 'planned',
    held: 'held',
    sending: 'being sent',
    sent: 'sent',
    skipped: 'skipped',
    cancelled: 'cancelled',
    unused: 'not needed',
  } satisfies Record<MessageStatus | 'unused', string>,
  metrics: 'Success metrics',
  metric: 'Metric',
  target: 'Target',
  lastValue: 'Last value',
  measuredAt: 'Measured',
  verdict: 'Verdict',
  metricMet: '✓ met',
  metricMissed: '✗ missed',
  metricUnknown: 'not measured',
  metricEarly: (day: string) => `due on ${day}`,
  notices: 'Told to the team',
  notice: 'Notice',
  count: 'Times',
  toldRoles: 'To',
  noticeKinds: {
    incident: 'incidents',
    verdict: 'observations',
    gate: 'gates and decisions',
    reminder: 'reminders and tasks',
    report: 'reports and status',
  } as Readonly<Record<NoticeKind, string>>,
  incidents: 'Incidents',
  none: 'None.',
  incidentTitle: 'What',
  severity: 'Severity',
  openedAt: 'Opened',
  resolvedAfter: 'Resolved in',
  incidentStatuses: {
    open: 'open',
    acknowledged: 'acknowledged',
    unanswered: 'unanswered',
    resolved: 'resolved',
  } satisfies Record<IncidentRecord['status'], string>,
  bill: 'Estimated cost on AWS',
  machine: (transitions: string, events: string, limit: string, calls: string) =>
    `${transitions} state transitions, ${events} history events (limit ${limit}), ${calls} Lambda calls`,
  service: 'Service',
  quantity: 'Quantity',
  cost: 'Cost',
  total: 'Total',
  /** Units of the bill in this language; one that is missing is printed as it is. */
  units: {} as Readonly<Record<string, string>>,

  progress: (moment: string, phase: string, access: number) => `${moment}  ${phase}  access ${access} %`,
  interrupted: (moment: string, phase: string, access: number) =>
    `Interrupted: the rehearsal had reached ${moment}, ${phase}, access ${access} %.`,
  interruptedEarly: 'Interrupted before the first event.',
};

export type Texts = typeof english;
