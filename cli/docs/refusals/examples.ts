/** Every refusal with an example, by the name of the error that carries it. */
import type { RefusalsOf } from '#domain/refusals/refusals.ts';
import type { RefusalExamples } from './example.ts';
import { invalidInputs } from './invalid-input.ts';
import { notAllowed } from './not-allowed-now.ts';
import { releases } from './release.ts';
import { mailsRefused, scriptsNotStarted, servicesUnavailable, waitsClosed } from './services.ts';

const release = 'technicia-2025-05-18';

/** In the order of `docs/reference/errors.md`. */
export const examples: { readonly [N in keyof RefusalsOf]: RefusalExamples<RefusalsOf[N]> } = {
  InvalidInput: invalidInputs,
  NotFound: {
    'no-such-phase': {
      when: 'a request names a phase that the plan does not have',
      params: { phase: 'prod', known: ['staging', 'production-10'] },
    },
    'no-such-item': {
      when: 'a request names an item that is not on the checklist of its phase',
      params: { phase: 'staging', item: '9.9.9' },
    },
    'no-such-incident': {
      when: 'a request names an incident that the release does not have',
      params: { release, incident: 'staging.1.gate' },
    },
    'no-such-task': {
      when: 'a request names a task that the release does not have',
      params: { release, task: 'bilan', known: [] },
    },
    'no-such-criterion': {
      when: 'an override names a criterion that the gate does not have, or that no check decides',
      params: { phase: 'staging', criterion: 'latency', known: ['errors', 'crashes'] },
    },
    'no-such-freeze': {
      when: 'an override names a freeze window that the plan does not have',
      params: { freeze: 'noel', known: ['nuits'] },
    },
    'no-such-measure': {
      when: 'a value is recorded for a measure that people do not report',
      params: { measure: 'adoption', known: ['survey.training', 'tickets'] },
    },
    'no-such-world-path': {
      when: 'a request to a served rehearsal names a path below /world that is none',
      params: { path: '/world/meteo', known: ['/world', '/world/clock'] },
    },
  },
  ...releases,
  NotAllowedNow: notAllowed,
  KeyInUse: {
    'key-in-use': { when: 'the same command under the same key is being carried out', params: {} },
  },
  KeyReused: {
    'key-reused': { when: 'the key was used in the last day for another route or another body', params: {} },
  },
  NotSignedIn: {
    'token-without-user': { when: 'there is no token, or it names no user', params: {} },
    'token-expired': { when: 'the token expired more than a minute ago', params: {} },
  },
  NotPermitted: {
    'role-missing': {
      when: 'a person asks for what none of their roles allows',
      params: { person: 'ada', operation: 'pause-release', roles: ['technical-lead', 'qa'], held: [] },
    },
    'role-not-of-gate': {
      when: 'somebody approves or rejects as a role that the gate does not ask',
      params: { phase: 'staging', role: 'support', asked: ['qa', 'technical-lead'] },
    },
  },
  MailRefused: mailsRefused,
  WaitClosed: waitsClosed,
  ServiceUnavailable: servicesUnavailable,
  ScriptNotStarted: scriptsNotStarted,
  'about:blank': {
    'no-such-route': {
      when: 'no operation has this path',
      params: { method: 'GET', path: '/deploiements' },
    },
    'method-not-allowed': {
      when: 'operations have this path, and not this method',
      params: { method: 'PUT', allowed: ['GET', 'POST'] },
    },
    'body-too-long': invalidInputs['body-too-long'],
    'callback-too-long': { when: 'the body of a callback is longer than any', params: { bytesMax: 16_384 } },
    'body-of-another-type': { when: 'the body says to be something else than JSON', params: {} },
    'signature-wrong': { when: 'a callback is not signed by whoever holds the secret', params: {} },
    fault: { when: 'something failed that is no refusal', params: {} },
  },
};
