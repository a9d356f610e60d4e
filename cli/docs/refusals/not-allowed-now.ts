import type { NotAllowed } from '#domain/refusals/not-allowed-now.ts';
import type { RefusalExamples } from './example.ts';

const release = 'technicia-2025-05-18';
const phase = 'production-10';

export const notAllowed: RefusalExamples<NotAllowed> = {
  'release-ended': {
    when: 'a command reaches a release that has ended',
    params: { release, status: 'rolled-back' },
  },
  'fact-after-end': {
    when: 'an execution that outlived its release wants to write',
    params: { release, status: 'aborted', fact: 'phase.opened' },
  },
  'rollback-runs': {
    when: 'a release is aborted while its rollback runs',
    params: { release, phase, until: '2025-05-20T14:00:00.000Z' },
  },
  'release-gives-access': {
    when: 'access is withdrawn from a release that is under way',
    params: { release },
  },
  'release-completed': { when: 'access is withdrawn from a release that is completed', params: { release } },
  'access-of-another-release': {
    when: 'access is withdrawn from a release that gave none, or not the last',
    params: { release },
  },
  'launch-day-fixed': {
    when: 'the launch day is moved after users got access',
    params: { launchDay: '2025-05-18' },
  },
  'no-other-candidate': { when: 'a candidate is replaced, and the plan allows that nowhere', params: {} },
  'no-other-candidate-now': {
    when: 'a candidate is replaced outside of the phases where the plan allows it',
    params: { phases: ['staging', 'user-tests'] },
  },
  'freeze-not-in-force': {
    when: 'a freeze window is overridden outside of its time',
    params: { freeze: 'nights' },
  },
  'phase-not-open': { when: 'something of a phase is changed before or after it', params: { phase } },
  'not-waited-for': {
    when: 'an answer comes for a wait that is not open',
    params: { release, kind: 'gate', phase, open: [{ kind: 'checklist', phase: 'staging' }] },
  },
  'order-under-way': {
    when: 'an order is given while another one stands',
    params: { by: 'ada', order: 'correct', phase },
  },
  'order-stands': {
    when: 'a hold, a correction or a decision is answered while an order stands for the phase',
    params: { by: 'ada', order: 'roll-back' },
  },
  'already-answered': {
    when: 'a hold, a correction or a decision is answered otherwise than before',
    params: { answer: 'retry' },
  },
  'second-person-wanted': {
    when: 'who chose a rollback, or has agreed to it, agrees again',
    params: { person: 'ada', level: 'full' },
  },
  'hold-answered': {
    when: 'an order is given in a held phase that somebody has answered for',
    params: { phase, answer: 'observe' },
  },
  'phase-over': { when: 'an order is given in a phase that is being left', params: { phase } },
  'observation-ended': {
    when: 'an order is given in an observation that has ended',
    params: { phase, verdict: 'unhealthy' },
  },
  'gate-decided': {
    when: 'an approval, an override or an order comes after the gate has decided',
    params: { phase, outcome: 'promote' },
  },
  'gate-decided-by-item': {
    when: 'a tick is taken back after the gate has decided with it',
    params: { phase, outcome: 'promote' },
  },
  'gate-without-date': { when: 'a gate that waits for no date is told to skip its wait', params: { phase } },
  'order-impossible': {
    when: 'an order is given where it cannot be carried out',
    params: { phase, order: 'promote', at: 'checklist' },
  },
  'too-many-reports': {
    when: 'one person has reported as many incidents within an hour as are taken',
    params: { person: 'ada', reportsMax: 20, from: '2025-05-20T10:00:00.000Z' },
  },
  'order-held-back': {
    when: 'a phase is told to go on while the release stands still',
    params: { phase, order: 'promote', because: { code: 'paused', params: {} } },
  },
  'incident-stops-nothing': {
    when: 'an incident is overridden that is over, or neither critical nor major',
    params: { incident: 'production-10.1.alarm' },
  },
  'answer-held-back': {
    when: 'a held phase is told to give access while something blocks that',
    params: { phase, answer: 'expose', because: { code: 'paused', params: {} } },
  },
  'answer-impossible': {
    when: 'a held phase is answered what leads nowhere from where it stands',
    params: { phase, answer: 'observe', possible: ['expose', 'correct'] },
  },
  'no-correction-left': {
    when: 'a correction is ordered, and the attempts of a phase are used up',
    params: { phase, attemptsMax: 3 },
  },
  'no-retry-left': {
    when: 'a failed phase is tried again, and its attempts are used up',
    params: { phase, attemptsMax: 3 },
  },
};
