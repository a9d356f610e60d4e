/** For each rule of a plan the smallest change to Technicia's that must be reported, and where. */
import { readPlanForTest } from '#test/support/plans.ts';
import type { Change } from './changed-plan.ts';

const undoing = (id: string, script: string) => ({
  id,
  text: 'x',
  action: { kind: 'script', script },
});
const person = { verified: 'person', owner: 'qa', due: 'gate', text: 'x' };

const counted = (roles: readonly string[], min = 0) => ({
  roles,
  value: { min, max: 1 },
  samples: { min: 0, max: 1 },
});

export const planCases: readonly [rule: string, path: string, ...changes: Change[]][] = [
  ['unknown-reference', 'launch.phase', ['launch.phase', 'production-20']],
  ['unknown-reference', 'phases[4].observation.checks[0]', ['phases[4].observation.checks[0]', 'uptime']],
  ['unknown-reference', 'escalation[0].role', ['escalation[0].role', 'nobody']],
  ['unknown-reference', 'checks.ocr-error-rate.component', ['checks.ocr-error-rate.component', 'scanner']],
  [
    'unknown-reference',
    'rollback.full.steps[0].action.script',
    ['rollback.full.steps[0].action.script', 'undo'],
  ],
  ['unknown-reference', 'messages[0].invitesTo', ['messages[0].invitesTo', 'party']],
  [
    'unknown-reference',
    'phases[0].checklists[0].items[0].owner',
    ['phases[0].checklists[0].items[0].owner', 'cook'],
  ],
  ['unused-check', 'checks.spare', ['checks.spare', readPlanForTest('technicia').checks['availability']]],
  ['unused-script', 'scripts.spare', ['scripts.spare', { path: 'x.ps1', arguments: {}, timeoutMinutes: 5 }]],
  ['duplicate', 'phases[1].id', ['phases[1].id', 'preparation']],
  ['duplicate', 'phases[1].name', ['phases[1].name', 'Préparation']],
  ['duplicate', 'phases[0].checklists[0].items[1].id', ['phases[0].checklists[0].items[0].id', '2.1.2']],
  ['duplicate', 'phases[1].gate.criteria[1].id', ['phases[1].gate.criteria[1].id', '3.4.1']],
  ['duplicate', 'phases[1].scripts[1].script', ['phases[1].scripts[1].script', 'deploy-staging']],
  ['duplicate', 'messages[1].id', ['messages[1].id', 'pilots-invitation']],
  ['duplicate', 'risks[1].id', ['risks[1].id', 'R1']],
  ['duplicate', 'rollback.full.steps[1].id', ['rollback.full.steps[1].id', 'restore-application']],
  ['duplicate', 'rollback.partial.name', ['rollback.partial.name', 'Rollback complet']],
  ['duplicate', 'rollback.full.name', ['rollback.full.name', 'Stabilisation']],
  ['unknown-reference', 'successMetrics[0].check', ['successMetrics[0].check', 'luck']],
  [
    'unknown-placeholder',
    'scripts.deploy-production.arguments.Version',
    ['scripts.deploy-production.arguments.Version', '{{ version }}'],
  ],
  [
    'unknown-placeholder',
    'rollback.full.steps[0].action.arguments.Scope',
    ['rollback.full.steps[0].action.arguments.Scope', '{{planet}}'],
  ],
  [
    'freeze-reversed',
    'freezes[0].when.to',
    ['freezes[0]', { id: 'w', name: 'W', when: { from: '2025-05-02T00:00', to: '2025-05-01T00:00' } }],
  ],
  [
    'freeze-outlasts-message',
    'freezes[0].announcements',
    [
      'freezes[0]',
      {
        id: 'w',
        name: 'W',
        announcements: true,
        when: { from: '2025-05-18T00:00', to: '2025-06-18T00:00' },
      },
    ],
  ],
  [
    'unknown-incident-count',
    'checks.resolution-time.source.query',
    ['checks.resolution-time.source.query', 'incidents.open.grave'],
  ],
  [
    'freeze-always',
    'freezes[0].when',
    [
      'freezes[0]',
      {
        id: 'w',
        name: 'W',
        when: {
          days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
          from: '09:00',
          to: '09:00',
        },
      },
    ],
  ],
  [
    'duplicate',
    'freezes[1].id',
    [
      'freezes',
      [1, 2].map((day) => ({
        id: 'w',
        name: 'W',
        when: { from: `2025-05-0${day}T00:00`, to: `2025-05-0${day}T09:00` },
      })),
    ],
  ],
  [
    'unknown-reference',
    'freezes[0].phases[0]',
    [
      'freezes[0]',
      { id: 'w', name: 'W', phases: ['moon'], when: { days: ['friday'], from: '18:00', to: '08:00' } },
    ],
  ],
  ['unknown-reference', 'candidate.replaceableIn[0]', ['candidate.replaceableIn[0]', 'moon']],
  ['workday-reversed', 'workday.end', ['workday.end', '08:00']],
  ['time-does-not-exist', 'phases[0].from', ['phases[0].from', '2025-03-30'], ['workday.start', '02:30']],
  [
    'unknown-placeholder',
    'scripts.deploy-production.arguments.Extra',
    ['scripts.deploy-production.arguments.Extra', '{{planet}}'],
  ],
  ['dates-reversed', 'phases[0].to', ['phases[0].to', '2025-04-01']],
  ['dates-overlap', 'phases[1].from', ['phases[1].from', '2025-04-16']],
  ['dates-gap', 'phases[1].from', ['phases[1].from', '2025-04-20']],
  ['dates-gap', 'periods[1].from', ['periods[1].from', '2025-04-20']],
  ['period-differs', 'periods[0]', ['periods[0].to', '2025-04-16']],
  ['phase-without-period', 'phases[0].id', ['periods[0].phases', []]],
  ['launch-day-differs', 'launch.day', ['launch.day', '2025-05-19']],
  ['launch-without-users', 'launch.phase', ['phases[4].exposure', 0]],
  ['exposure-goes-down', 'phases[5].exposure', ['phases[5].exposure', 5]],
  [
    'deadline-before-proof',
    'phases[4].observation.deadlineHours',
    ['phases[4].observation.deadlineHours', 40],
  ],
  [
    'bake-longer-than-phase',
    'phases[4].observation.continuousHealthHours',
    ['phases[4].observation.continuousHealthHours', 400],
    ['phases[4].observation.deadlineHours', 500],
  ],
  ['bake-watches-nothing', 'phases[4].observation.checks', ['phases[4].observation.checks', []]],
  [
    'bake-watches-nothing',
    'phases[4].observation.checks',
    ['phases[4].observation.checks', ['satisfaction', 'tickets']],
  ],
  ['corrects-itself', 'phases[4].correction.phase', ['phases[4].correction', { phase: 'production-10' }]],
  ['correction-leads-on', 'phases[4].correction.phase', ['phases[4].correction', { phase: 'user-tests' }]],
  ['users-before-launch', 'phases[2].exposure', ['phases[2].exposure', 5]],
  ['plan-too-long', 'phases', ['messages[5].date.day', 300]],
  ['phase-too-long', 'phases[0]', ['phases[0].from', '2025-01-10'], ['periods[0].from', '2025-01-10']],
  [
    'correction-leads-forward',
    'phases[4].correction.phase',
    ['phases[4].correction', { phase: 'stabilisation' }],
  ],
  ['unreachable-phase', 'phases[1]', ['phases[0].gate.approvals.peopleMin', 9]],
  ['unreachable-phase', 'phases[7]', ['phases[6].gate.approvals.roles', ['management']]],
  ['rollback-without-steps', 'rollback.partial.steps', ['rollback.partial.steps', []]],
  ['data-restored-unasked', 'rollback.full.restoreData', ['rollback.full.restoreData', 'automatic']],
  ['severity-without-rollback', 'rollback', ['rollback.full.severities', ['critical']]],
  ['severity-with-two-rollbacks', 'rollback', ['rollback.partial.severities', ['technical', 'user']]],
  [
    'criterion-bound-to-nothing',
    'phases[1].gate.criteria[0]',
    ['phases[1].gate.criteria[0].check', undefined],
  ],
  ['criterion-bound-twice', 'phases[1].gate.criteria[0]', ['phases[1].gate.criteria[0].approval', 'qa']],
  [
    'gate-always-open',
    'phases[0].gate',
    ['phases[0].gate.criteria', []],
    ['phases[0].gate.approvals', { roles: [], peopleMin: 0, fourEyes: false }],
  ],
  ['silence-passes', 'checks.availability.noData.reason', ['checks.availability.noData', { action: 'pass' }]],
  [
    'window-never-breached',
    'checks.availability.window.breaches',
    ['checks.availability.window', { breaches: 6, of: 5 }],
  ],
  ['control-without-tolerance', 'checks.error-rate.tolerance', ['checks.error-rate.tolerance', undefined]],
  ['share-without-percentage', 'checks.error-rate.objective', ['checks.error-rate.objective.unit', 's']],
  [
    'share-without-percentage',
    'checks.ocr-error-rate.objective',
    ['checks.ocr-error-rate.objective.value', 0],
  ],
  ['count-without-control', 'checks.cohorts.compare', ['checks.cohorts.compare', 'objective']],
  ['certificate-without-test', 'checks.error-rate.certify', ['checks.error-rate.certify', 1.05]],
  ['certificate-without-test', 'checks.cohorts.certify', ['checks.cohorts.certify', 1.5]],
  ['sight-unknown', 'checks.error-rate.usual', ['checks.error-rate.usual', undefined]],
  [
    'blind-bake',
    'phases[4].observation.checks[2]',
    ['checks.error-rate.usual', { perMinute: 5, badPercent: 0.4 }],
  ],
  [
    'blind-bake',
    'phases[5].observation.checks[2]',
    ['checks.error-rate.usual', { perMinute: 0.01, badPercent: 0.4 }],
  ],

  [
    'verified-by-what-never-happens',
    'phases[0].checklists[0].items[0].verified',
    ['phases[0].checklists[0].items[0].verified', { script: 'deploy-production' }],
  ],
  [
    'verified-by-what-never-happens',
    'phases[0].checklists[0].items[0].verified',
    ['phases[0].checklists[0].items[0].verified', { exposure: 10 }],
  ],
  [
    'verified-by-what-never-happens',
    'phases[4].checklists[0].items[0].verified',
    [
      'phases[4].checklists[0].items[0]',
      { ...person, id: '6.1.1', due: 'checklist', verified: { exposure: 10 } },
    ],
  ],
  [
    'verified-by-what-never-happens',
    'phases[4].checklists[0].items[0].verified',
    [
      'phases[4].checklists[0].items[0]',
      { ...person, id: '6.1.1', due: 'checklist', verified: { message: 'launch' } },
    ],
  ],
  [
    'verified-by-what-never-happens',
    'phases[5].checklists[0].items[3].verified',
    ['phases[5].checklists[0].items[3].verified', { message: 'emergency' }],
  ],
  [
    'verified-by-what-never-happens',
    'phases[5].checklists[0].items[3].verified',
    ['phases[5].checklists[0].items[3].verified', { message: 'full-launch' }],
  ],
  [
    'verified-by-what-never-happens',
    'phases[5].checklists[0].items[3].verified',
    ['messages[2].guard', { exposureMin: 100 }],
  ],
  [
    'verified-by-what-never-happens',
    'phases[5].checklists[0].items[3].verified',
    ['messages[2].guard', { phaseOpened: 'stabilisation' }],
  ],
  ['approver-nobody-holds', 'phases[0].gate.approvals.roles[0]', ['roles.project-lead.holder', ' ']],
  [
    'unknown-reference',
    'phases[0].gate.approvals.roles[0]',
    ['phases[0].gate.approvals.roles[0]', 'constructor'],
  ],
  ['level-without-contact', 'escalation[0].role', ['roles.support.contact', ' ']],
  ['no-escalation', 'escalation', ['escalation', []]],
  [
    'approver-nobody-holds',
    'phases[0].gate.approvals.roles[0]',
    ['phases[0].gate.approvals.roles[0]', 'management'],
  ],
  [
    'criterion-without-approver',
    'phases[1].gate.criteria[2].approval',
    ['phases[1].gate.criteria[2].approval', 'security'],
  ],
  ['too-few-approvers', 'phases[0].gate.approvals.peopleMin', ['phases[0].gate.approvals.peopleMin', 9]],
  ['escalation-order', 'escalation[0].level', ['escalation[0].level', 2]],
  ['severity-twice', 'escalation[1].severity', ['escalation[1].severity', 'user']],
  ['severity-without-level', 'escalation', ['escalation[1].severity', 'user']],
  ['measure-without-reporter', 'measures', ['measures', {}]],
  ['measure-of-nobody', 'measures.bugs.critical.roles', ['measures', { 'bugs.critical': counted([]) }]],
  ['bounds-reversed', 'measures.bugs.critical.value', ['measures', { 'bugs.critical': counted(['qa'], 2) }]],
  [
    'measure-not-reported',
    'measures.incidents.mttr-hours',
    ['measures', { 'incidents.mttr-hours': counted(['qa']) }],
  ],
  ['two-messages-one-day', 'messages[5].date', ['messages[5].date.day', 21]],
  ['guard-not-true-in-time', 'messages[1].guard.exposureMin', ['messages[1].guard.exposureMin', 50]],
  [
    'guard-not-true-in-time',
    'messages[0].guard.phaseOpened',
    ['messages[0].guard', { phaseOpened: 'stabilisation' }],
  ],
  [
    'marker-too-long',
    'phases[1].scripts[0].script',
    ['phases[1].id', 'p'.repeat(40)],
    ['phases[1].scripts[0].script', 's'.repeat(40)],
  ],
  [
    'marker-too-long',
    'rollback.partial.steps[1].id',
    ['rollback.partial.steps[1]', undoing('s'.repeat(38), 'rollback-partial')],
  ],
  ['report-days', 'reports[1].days', ['reports[1].days', ['monday']]],
  ['report-days', 'reports[3].days', ['reports[3].days', ['monday', 'friday']]],
  ['report-days', 'reports[3].at', ['reports[3].at', '10:00']],
  [
    'report-never-sent',
    'reports[4].days',
    ['reports[4].phases', ['production-10']],
    ['reports[4].days', ['saturday']],
    ['phases[4].to', '2025-05-23'],
  ],
  ['time-does-not-exist', 'messages[0].date.time', ['messages[0].date', { day: -49, time: '02:30' }]],
];

/** The same of messages, each with what it is. */
export const messageCases: readonly [title: string, rule: string, path: string, ...changes: Change[]][] = [
  [
    'a last day whose hour the clocks skip',
    'time-does-not-exist',
    'messages[0].lateDaysMax',
    ['messages[0].date', { day: -52, time: '02:30' }],
    ['messages[0].lateDaysMax', 3],
  ],
  [
    'an audience that no phase makes',
    'unknown-reference',
    'messages[1].audience.exposed',
    ['messages[1].audience.exposed', 33],
  ],
  [
    'an audience wider than its guard',
    'told-without-access',
    'messages[1].audience.exposed',
    ['messages[1].audience.exposed', 50],
  ],
  [
    'a guard that only waits for the phase to open',
    'told-without-access',
    'messages[2].audience.exposed',
    ['messages[2].guard', { phaseOpened: 'production-50' }],
  ],
  [
    'a rollback that would be told to everybody',
    'told-without-access',
    'messages[6].audience.exposed',
    ['messages[6].audience', { exposed: 100 }],
  ],
  ['no date and no sender', 'unused-message', 'messages[1].id', ['messages[1].date', undefined]],
];
