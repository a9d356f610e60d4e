/** What the team's reports say in English. */
import type { Verdict } from '#domain/ledger/facts.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const englishReports = {
  subject: (product: string, version: string, step: string, day: string) =>
    `${product} ${version}, ${step}: report of ${day}`,
  title: (step: string, version: string) => `${step}, version ${version}`,
  introduction: (content: string, from: string, to: string, audience: string) =>
    `${content}. From ${from} to ${to}, for: ${audience}.`,
  subjectAgain: (subject: string) => `Sent again: ${subject}`,
  again: 'The first sending broke off: you may have this report already.',
  none: 'Now',
  others: 'And',
  before: 'Before',
  since: 'Since then',
  semicolon: '; ',
  more: (count: number) => `${plural(count, 'other', 'others')}, in the timeline of the release`,
  nothing: 'Nothing has happened since the last report.',

  happened: 'Since the last report',
  standing: 'Where we are',
  day: 'Day',
  launch: (day: string) => `launch day: ${day}`,
  phaseSince: (held: boolean, attempt: number, max: number, since: string) =>
    `${held ? 'held' : 'under way'} since ${since}, attempt ${attempt} of ${max}`,
  access: 'Access',
  release: 'Release',
  paused: 'Paused: no phase starts and no gate promotes.',

  checklists: 'Checklists',
  items: (total: number, done: number, waived: number, open: number, late: boolean) =>
    `${done} of ${plural(total, 'item', 'items')} done, ${waived} waived, ${open} open${late ? ', late' : ''}`,
  noChecklist: 'No phase with a checklist is under way.',
  gates: 'Gates that wait',
  waitsFor: (roles: string, since: string) =>
    roles === ''
      ? `since ${since}, for its criteria or its day`
      : `since ${since}, for the approval of ${roles}`,
  noGate: 'No gate waits for anybody.',
  incidents: 'Open incidents',
  openFor: (status: string, age: string) => `${status}, for ${age}`,
  noIncident: 'No open incident.',
  risks: 'Risks that threaten',
  threatens: (check: string, since: string, mitigation: string) =>
    `seen by ${check} since ${since}; mitigation: ${mitigation}`,
  noRisk: 'No risk is seen coming true.',
  messages: 'Messages to the users',
  people: (count: string) => `, recipients: ${count}`,
  noMessage: 'No message has gone, and none is planned.',

  results: 'Results of tests and criteria',
  ended: {
    succeeded: (at: string, _code: number) => `passed, ${at}`,
    failed: (at: string, code: number) => `failed, ${at}, code ${code}`,
  },
  approvedBy: (role: string) => `decided by ${role}`,
  verdicts: {
    healthy: 'met',
    unhealthy: 'missed',
    inconclusive: 'too little to tell',
    unknown: 'not measured',
  } as Readonly<Record<Verdict, string>>,
  noResult: 'No script has run and no criterion is measured in the phase under way.',
  scorecard: 'Scorecard',
  target: (target: string) => `target: ${target}`,
  measuredFrom: (day: string) => `counts from ${day} on`,
  noMetric: 'The plan has no success metrics.',
  commitments: 'Promises',
  endedOn: (day: string, delay: number | undefined) =>
    delay === undefined
      ? `not kept: was to end on ${day} and has not`
      : delay <= 0
        ? `kept: ended by ${day}`
        : `not kept: ${plural(delay, 'day', 'days')} after ${day}`,
  kept: (how: 'kept' | 'late' | 'broken') =>
    ({ kept: 'kept', late: 'kept late', broken: 'not kept so far' })[how],
  noCommitment: 'Nothing was promised until today.',

  nextDates: 'Next dates',
  phaseEnds: (name: string) => `${name} is to end`,
  phaseBegins: (name: string) => `${name} begins`,
  messageGoes: (label: string, subject: string) => `message ${label}: ${subject}`,
  nextReport: 'the next report, if the phase is still under way',
  noDate: 'No date is ahead.',
};

export type ReportTexts = typeof englishReports;
