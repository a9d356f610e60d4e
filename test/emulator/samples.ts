/**
 * An event for each function, of the shape that its caller sends, in an order that makes sense of them: a release is
 * admitted first, then conducted, then ended. A function without a sample does not compile.
 */

import type { Refusal } from '#domain/refusals/refusals.ts';
import type { apis, events, importers, pages, steps, tools, workers } from '#functions/catalogue.ts';
import { encodeTag } from '#functions/contracts/mail-tags.ts';
import { personOf } from '#test/support/hashed.ts';

export interface Sample {
  readonly event: unknown;
  /** What must be in the answer as text, or what is refused: the log of the call keeps the code. */
  readonly answers: string | { readonly refusal: Refusal['code'] };
  /** Refused so at first, as AWS would: the state machine tries again, and so does this. */
  readonly first?: { readonly refusal: Refusal['code'] };
}

type Name =
  | keyof typeof steps
  | keyof typeof events
  | keyof typeof workers
  | keyof typeof importers
  | keyof typeof apis
  | keyof typeof pages
  | keyof typeof tools;

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

export interface Deployment {
  readonly stack: string;
  readonly region: string;
  readonly account: string;
  /** The bucket of files of users. */
  readonly uploads: string;
}

/** As EventBridge delivers it. */
const envelope = (
  { region, account }: Deployment,
  source: string,
  type: string,
  resources: readonly string[],
  detail: object,
) => ({
  version: '0',
  id: '6f87d04b-9f74-4f04-a780-7acf4b0a9b38',
  account,
  time: '2026-10-15T09:00:00Z',
  region,
  'detail-type': type,
  source,
  resources,
  detail,
});

const alarmRang = (deployment: Deployment) => {
  const arn = `arn:aws:cloudwatch:${deployment.region}:${deployment.account}:alarm:technicia-5xx`;
  return envelope(deployment, 'aws.cloudwatch', 'CloudWatch Alarm State Change', [arn], {
    alarmName: 'technicia-5xx',
    state: {
      value: 'ALARM',
      reason:
        'Threshold Crossed: 1 datapoint [12.0 (15/10/26 08:58:00)] was greater than the threshold (5.0).',
      reasonData: '{"version":"1.0","recentDatapoints":[12.0],"threshold":5.0}',
      timestamp: '2026-10-15T09:00:00.000+0000',
    },
    previousState: {
      value: 'OK',
      reason: 'Threshold Crossed: no datapoints were received',
      timestamp: '2026-10-15T08:00:00.000+0000',
    },
    configuration: { metrics: [{ id: 'm1', returnData: true }] },
  });
};

const commandEnded = (deployment: Deployment) => {
  const id = '0f0e0d0c-0000-4000-8000-000000000000';
  const arn = `arn:aws:ssm:${deployment.region}:${deployment.account}:command/${id}`;
  return envelope(deployment, 'aws.ssm', 'EC2 Command Status-change Notification', [arn], {
    'command-id': id,
    'document-name': `${deployment.stack}-run-script-0a1b2c3d`,
    'expire-after': '2026-10-15T10:00:00Z',
    parameters: { script: ['deploy'] },
    'requested-date-time': '2026-10-15T08:55:00Z',
    status: 'Success',
  });
};

/** Of an execution of the release machine that is not the one which conducts the release. */
const executionStopped = (deployment: Deployment, input: object) => {
  const states = `arn:aws:states:${deployment.region}:${deployment.account}`;
  const executionArn = `${states}:execution:${deployment.stack}-release:other`;
  return envelope(deployment, 'aws.states', 'Step Functions Execution Status Change', [executionArn], {
    executionArn,
    stateMachineArn: `${states}:stateMachine:${deployment.stack}-release`,
    name: 'other',
    status: 'ABORTED',
    startDate: 1_791_968_100_000,
    stopDate: 1_791_968_400_000,
    input: JSON.stringify(input),
    output: null,
    inputDetails: { included: true },
    outputDetails: null,
    error: null,
    cause: null,
  });
};

interface MailTags {
  readonly release: string;
  readonly message: string;
  readonly campaign: string;
  readonly person: string;
}

/** SES hands our tags back beside its own. */
export function mailDelivered(deployment: Deployment, tags: MailTags, address: string) {
  const { stack, region, account } = deployment;
  const ses = `arn:aws:ses:${region}:${account}`;
  const encoded = Object.entries(tags).map(([name, value]) => [name, [encodeTag(value)]]);
  return envelope(deployment, 'aws.ses', 'Email Delivered', [`${ses}:configuration-set/${stack}-mail`], {
    eventType: 'Delivery',
    mail: {
      timestamp: '2026-10-15T08:59:58.000Z',
      source: 'deploiement@technicia.example',
      sourceArn: `${ses}:identity/technicia.example`,
      sendingAccountId: account,
      messageId: '0100000000000000-11111111-2222-3333-4444-555555555555-000000',
      destination: [address],
      headersTruncated: false,
      headers: [{ name: 'To', value: address }],
      commonHeaders: { to: [address], subject: 'Technicia' },
      tags: {
        'ses:operation': ['SendRawEmail'],
        'ses:configuration-set': [`${stack}-mail`],
        'ses:source-ip': ['192.0.2.1'],
        'ses:from-domain': ['technicia.example'],
        'ses:caller-identity': [`${stack}-mail-job`],
        ...Object.fromEntries(encoded),
      },
    },
    delivery: {
      timestamp: '2026-10-15T09:00:00.000Z',
      processingTimeMillis: 2000,
      recipients: [address],
      smtpResponse: '250 ok',
      reportingMTA: 'mta.example',
    },
  });
}

const pilot = { userId: 'pilot-1', address: 'pilote@technicia.example' };
// One that an event causes: what an incident of these samples blocks waits for its end.
const mail = { message: 'degraded-notice', campaign: `${releaseId}.sample` };
const mailTags: MailTags = { ...mail, release: releaseId, person: personOf(pilot.userId) };

/** As S3 tells EventBridge of a file. */
const usersUploaded = (deployment: Deployment) =>
  envelope(deployment, 'aws.s3', 'Object Created', [`arn:aws:s3:::${deployment.uploads}`], {
    version: '0',
    bucket: { name: deployment.uploads },
    object: {
      key: 'uploads/users.csv',
      size: 1024,
      etag: 'b1946ac92492d2347c6235b4d2611184',
      sequencer: '00617F08299329D189',
    },
    'request-id': 'N4N7GDK58NMKJ12R',
    requester: deployment.account,
    'source-ip-address': '192.0.2.1',
    reason: 'PutObject',
  });

/** By rule: an event that its pattern must let through. */
export const eventsOfRules = (deployment: Deployment): Readonly<Record<string, object>> => ({
  alarm: alarmRang(deployment),
  'script-status': commandEnded(deployment),
  'execution-status': executionStopped(deployment, {}),
  'mail-events': mailDelivered(deployment, mailTags, pilot.address),
  uploads: usersUploaded(deployment),
});

export function samplesFor(launchDay: string, deployment: Deployment): Readonly<Record<Name, Sample>> {
  const { stack, region, account } = deployment;
  const executionArn = `arn:aws:states:${region}:${account}:execution:${stack}-release:${releaseId}`;
  const input = { releaseId, version: '2.0.0', launchDay, startedBy: 'marie.dupont' };
  return {
    'admit-release': { event: { contract: 1, input, executionArn }, answers: releaseId },
    'await-start': { event: waiting, answers: done },
    'open-phase': { event: phase, answers: done },
    'complete-checklist': { event: waiting, answers: done },
    'compare-cohorts': { event: { ...phase, phase: 'production-10' }, answers: 'unknown' },
    'expose-users': { event: { ...phase, percent: 10 }, answers: 'held' },
    observe: { event: { ...waiting, phase: 'production-10' }, answers: done },
    'diagnose-silence': { event: { ...phase, rearms: 0 }, answers: 'observe' },
    'pass-gate': { event: waiting, answers: done },
    'hold-phase': { event: { ...waiting, from: 'gate' }, answers: done },
    'correct-phase': { event: waiting, answers: done },
    'await-decision': { event: waiting, answers: done },
    'await-agreement': { event: waiting, answers: done },
    // The emulator has no servers, and no document of ours.
    'run-script': {
      event: { ...waiting, script: 'deploy-staging' },
      answers: { refusal: 'runner-refused' },
    },
    'send-message': {
      event: { ...phase, level: 'degraded', step: '4', message: 'degraded-notice' },
      answers: done,
    },
    'switch-component': {
      event: { ...phase, level: 'degraded', step: '1', component: 'chatbot', state: 'limited' },
      answers: done,
      // The flag for 10 % is still growing; a component that goes off stops it.
      first: { refusal: 'flags-deploying' },
    },
    'open-task': {
      event: { ...phase, level: 'full', step: '5', owner: 'technical-lead', title: 'Analyse' },
      answers: done,
    },
    'choose-rollback': {
      event: { ...phase, reason: { cause: { code: 'not-proven', params: { hours: 1 } } } },
      answers: 'level',
    },
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
      event: { ...phase, outcome: 'promote', reason: {} },
      answers: done,
    },
    tick: { event: { releaseId, waitId: 'no-such-wait', epoch: 1 }, answers: done },
    'date-reached': { event: { kind: 'wait', releaseId, waitId: 'no-such-wait', epoch: 1 }, answers: done },
    alarm: { event: alarmRang(deployment), answers: done },
    'script-status': { event: commandEnded(deployment), answers: { refusal: 'no-such-command' } },
    'mail-job': {
      event: queued({ releaseId, ...mail, kind: 'send', people: [personOf(pilot.userId)] }),
      answers: '[]',
    },
    'mail-event': {
      event: queued(mailDelivered(deployment, mailTags, pilot.address)),
      answers: '[]',
    },
    // There is no such file, which is the uploader's matter.
    'import-audience': { event: queued(usersUploaded(deployment)), answers: '[]' },
    'public-pages': { event: http('GET', '/s', {}), answers: '404' },
    'read-api': { event: http('GET', '/releases', {}), answers: releaseId },
    'phase-api': {
      event: http(
        'POST',
        `/releases/${releaseId}/phases/preparation/gate/approve`,
        { releaseId, phase: 'preparation' },
        { role: 'nobody', comment: '' },
      ),
      answers: 'NotPermitted',
    },
    'release-api': {
      event: http('POST', `/releases/${releaseId}/pause`, { releaseId }, { reason: '' }),
      answers: 'NotPermitted',
    },
    'access-api': {
      event: http('POST', `/releases/${releaseId}/access/withdraw`, { releaseId }, { reason: '' }),
      answers: 'NotPermitted',
    },
    'audience-api': {
      event: http('POST', '/audience/person/erase', {}, { userId: 'nobody' }),
      answers: 'NotPermitted',
    },
    'sweep-audience': { event: {}, answers: done },
    'finish-follow-up': { event: { contract: 1, releaseId, token: waiting.token }, answers: done },
    'execution-status': { event: executionStopped(deployment, input), answers: done },
    'close-release': { event: { contract: 1, releaseId, outcome: 'abandoned' }, answers: done },
    reconcile: { event: {}, answers: done },
    redrive: { event: {}, answers: 'redelivered' },
  };
}
