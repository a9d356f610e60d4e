/**
 * An event for each function, of the shape that its caller sends, in an order that makes sense of them: a release is
 * admitted first, then conducted, then ended. A function without a sample does not compile.
 */
import type { apis, events, steps, tools } from '#functions/catalogue.ts';

export interface Sample {
  readonly event: unknown;
  /** What must be in the answer as text, or in the error's message when it is one that belongs to an unknown thing. */
  readonly answers: string;
  readonly fails?: true;
  /** Answered with "busy" at first, as AWS would: the state machine tries again, and so does this. */
  readonly busyWith?: string;
}

type Name = keyof typeof steps | keyof typeof events | keyof typeof apis | keyof typeof tools;

const releaseId = 'emulated';
const phase = { contract: 1, releaseId, phase: 'preparation', attempt: 1 };
/** Nobody waits behind it: settling finds the task closed, which is harmless. */
const waiting = { ...phase, token: 'AQBEAAAAKgAAAAMAAAAAAAAAAA' };
const done = '{}';

/** An instant so many days from now, as a calendar date. */
export const dayFrom = (nowMs: number, days: number) =>
  new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10);

const http = (
  method: string,
  path: string,
  pathParameters: Readonly<Record<string, string>>,
  body?: object,
) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  pathParameters,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  isBase64Encoded: false,
  requestContext: {
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
    authorizer: {
      jwt: { claims: { username: 'marie.dupont', 'cognito:groups': '[devops]' }, scopes: null },
    },
  },
});
const queued = (...bodies: readonly object[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `m${index}`,
    receiptHandle: 'r',
    body: JSON.stringify(body),
    eventSource: 'aws:sqs',
  })),
});

export function samplesFor(launchDay: string, executionArn: string): Readonly<Record<Name, Sample>> {
  const input = { releaseId, version: '2.0.0', launchDay, startedBy: 'marie.dupont' };
  return {
    'admit-release': { event: { contract: 1, input, executionArn }, answers: releaseId },
    'await-start': { event: waiting, answers: done },
    'open-phase': { event: phase, answers: done },
    'complete-checklist': { event: waiting, answers: done },
    'expose-users': { event: { ...phase, percent: 10 }, answers: done },
    observe: { event: { ...waiting, phase: 'production-10' }, answers: done },
    'diagnose-silence': { event: { ...phase, rearms: 0 }, answers: 'observe' },
    'pass-gate': { event: waiting, answers: done },
    'hold-phase': { event: { ...waiting, from: 'gate' }, answers: done },
    'correct-phase': { event: waiting, answers: done },
    'await-decision': { event: waiting, answers: done },
    // The emulator has no servers, and no document of ours.
    'run-script': {
      event: { ...waiting, script: 'deploy-staging' },
      answers: 'Systems Manager',
      fails: true,
    },
    'send-message': {
      event: { ...phase, level: 'degraded', step: '4', message: 'degraded-notice' },
      answers: done,
    },
    'switch-component': {
      event: { ...phase, level: 'degraded', step: '1', component: 'chatbot', state: 'limited' },
      answers: done,
      // The flag for 10 % is still growing; a component that goes off stops it.
      busyWith: 'in another deployment',
    },
    'open-task': {
      event: { ...phase, level: 'full', step: '5', owner: 'technical-lead', title: 'Analyse' },
      answers: done,
    },
    'choose-rollback': { event: { ...phase, reason: { kind: 'gate', text: 'a sample' } }, answers: 'level' },
    'call-level': {
      event: { contract: 1, releaseId, incident: 'preparation.1.rollback', level: 1, token: waiting.token },
      answers: done,
    },
    'record-unanswered': {
      event: { contract: 1, releaseId, incident: 'preparation.1.rollback' },
      answers: done,
    },
    'call-to-failed-rollback': { event: { ...phase, failure: 'a sample' }, answers: done },
    'close-phase': {
      event: { ...phase, outcome: 'promote', reason: { kind: 'gate' } },
      answers: done,
    },
    tick: { event: { releaseId, waitId: 'no-such-wait', epoch: 1 }, answers: done },
    'date-reached': { event: { kind: 'wait', releaseId, waitId: 'no-such-wait', epoch: 1 }, answers: done },
    alarm: {
      event: {
        source: 'aws.cloudwatch',
        'detail-type': 'CloudWatch Alarm State Change',
        detail: { alarmName: 'technicia-5xx', state: { value: 'ALARM', reason: 'Threshold crossed' } },
      },
      answers: done,
    },
    'script-status': {
      event: {
        source: 'aws.ssm',
        'detail-type': 'EC2 Command Status-change Notification',
        detail: { 'command-id': '0f0e0d0c-0000-4000-8000-000000000000', status: 'Success' },
      },
      answers: 'there is no command',
      fails: true,
    },
    'mail-job': {
      event: queued({ releaseId, message: 'pilots-invitation', campaign: 'c', recipients: [] }),
      answers: 'batch',
    },
    'mail-event': {
      event: queued({ source: 'aws.ses', 'detail-type': 'Email Delivery Delayed', detail: {} }),
      answers: 'batchItemFailures',
    },
    'read-api': { event: http('GET', '/releases', {}), answers: releaseId },
    'phase-api': {
      event: http(
        'POST',
        `/releases/${releaseId}/phases/preparation/gate`,
        { releaseId, phase: 'preparation' },
        { decision: 'approve', role: 'nobody', comment: '' },
      ),
      answers: 'NotPermitted',
    },
    'release-api': {
      event: http('POST', `/releases/${releaseId}/pause`, { releaseId }, { paused: true, reason: '' }),
      answers: 'NotPermitted',
    },
    'finish-follow-up': { event: { contract: 1, releaseId, token: waiting.token }, answers: done },
    'execution-status': {
      event: {
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: { executionArn: `${executionArn}-other`, status: 'ABORTED', input: JSON.stringify(input) },
      },
      answers: done,
    },
    'close-release': { event: { contract: 1, releaseId, outcome: 'abandoned' }, answers: done },
    reconcile: { event: {}, answers: done },
    redrive: { event: {}, answers: 'redelivered' },
  };
}
