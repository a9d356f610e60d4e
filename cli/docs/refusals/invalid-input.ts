import type { InvalidInputs } from '#domain/refusals/invalid-input.ts';
import type { RefusalExamples } from './example.ts';

const violations = [
  { path: 'launchDay', expectation: { code: 'shape', params: { shape: 'day' } } },
  { path: 'version', expectation: { code: 'type', params: { expected: 'string', received: 'undefined' } } },
] as const;

export const invalidInputs: RefusalExamples<InvalidInputs> = {
  'contract-broken': {
    when: 'values sent to an operation or a function break its contract',
    params: { of: 'start-release', violations },
  },
  'execution-input-broken': {
    when: 'an execution was started by hand with an input that breaks the contract',
    params: { violations },
  },
  'body-broken': {
    when: 'the body of a callback or of a change of the world breaks its contract',
    params: { violations },
  },
  'body-not-utf8': { when: 'the bytes of the body are no text', params: {} },
  'body-not-json': { when: 'the body cannot be read as JSON', params: {} },
  'body-not-object': { when: 'the body is JSON, and no object', params: { is: 'list' } },
  'body-too-deep': { when: 'the body has objects in objects beyond the limit', params: { levelsMax: 16 } },
  'body-member-twice': { when: 'an object of the body has two members of one name', params: {} },
  'body-too-long': {
    when: 'the body is longer than any command',
    params: { characters: 70_000, charactersMax: 65_536 },
  },
  'key-malformed': { when: 'a command arrives with an idempotency key that is none', params: {} },
  'measure-out-of-bounds': {
    when: 'a number that people report is one that the plan says cannot be',
    params: { measure: 'bugs.critical', number: 'value', given: -1, min: 0, max: 1000 },
  },
  'level-not-for-order': {
    when: 'an order that is no rollback names a level or a component',
    params: { order: 'hold' },
  },
  'rollback-without-level': {
    when: 'a rollback is ordered without its level',
    params: { levels: ['full', 'partial', 'degraded'] },
  },
  'level-without-component': {
    when: 'a rollback of a level that works on one component names none',
    params: { level: 'partial', known: ['ocr', 'chatbot'] },
  },
  'no-such-component': {
    when: 'an order names a component that the plan does not have',
    params: { component: 'orc', known: ['ocr', 'chatbot'] },
  },
  'no-such-script': {
    when: 'a state of the machine names a script that the plan does not have',
    params: { script: 'deploy', known: ['deploy-staging', 'rollback-full'] },
  },
  'no-such-escalation-level': {
    when: 'a state of the machine names a level of the ladder that the plan does not have',
    params: { level: 4 },
  },
  'observation-not-planned': {
    when: 'a state of the machine observes a phase that has no observation in the plan',
    params: { phase: 'staging' },
  },
  'false-alarm-without-comment': {
    when: 'an incident is resolved as a false alarm, without a reason',
    params: {},
  },
  'criterion-of-approval': {
    when: 'an override names a criterion that a role decides, not a check',
    params: { criterion: 'charte', role: 'qa' },
  },
  'no-such-role': {
    when: 'a change of a served rehearsal names a role that the plan does not have',
    params: { role: 'tester', known: ['qa', 'support'] },
  },
  'trouble-not-in-plan': {
    when: 'a trouble of a served rehearsal names what the plan does not have',
    params: { member: 'script', value: 'deploy', known: ['deploy-staging', 'rollback-full'] },
  },
  'speed-malformed': { when: 'the speed of a served rehearsal cannot be read', params: { speed: '2x' } },
  'length-malformed': {
    when: 'a served rehearsal is told to go on for a length that cannot be read',
    params: { length: '3 weeks', daysMax: 60 },
  },
  'file-of-no-format': {
    when: 'the name of a file of users ends otherwise',
    params: { name: '"clients.xlsx"' },
  },
  'file-changed': { when: 'a file of users is changed during its import', params: {} },
  'upload-replaced': { when: 'an upload is gone, or another, when its import reads it', params: {} },
  'upload-gone': { when: 'the same, in a rehearsal', params: { upload: 'uploads/clients.csv' } },
  'marker-too-long': {
    when: 'the ids that name a run of a script are together longer than its runner allows',
    params: {
      marker: 'technicia-1/preparation-de-la-mise-en-production.1.deploy-staging',
      charactersMax: 60,
    },
  },
  'argument-lost': {
    when: 'the plan gives a script an argument that CodeDeploy would not hand on',
    params: {
      argument: 'Region',
      value: 'eu-west-3',
      script: 'scripts/deploy.sh',
      choosing: ['Component', 'Version'],
    },
  },
  'revision-part-malformed': {
    when: 'a component or a version cannot stand in the name of a revision',
    params: { part: '2.0 bis' },
  },
};
