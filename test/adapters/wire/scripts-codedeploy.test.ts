import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import type { ScriptCall, ScriptRunner } from '#application/ports/scripts.ts';
import { InvalidInput, ScriptNotStarted, ServiceUnavailable } from '#domain/errors.ts';
import { codeDeployScripts } from '#functions/adapters/codedeploy/scripts.ts';
import { times } from '#test/adapters/race.ts';
import { json, outages, refused, wireService } from './service.ts';

const service = wireService();
const scripts = () =>
  codeDeployScripts({
    client: new CodeDeployClient(service.settings()),
    application: 'technicia',
    deploymentGroup: 'production',
    revisionBucket: 'technicia-revisions',
  });

const command = 'd-ABCDEF123';
const marker = 'r1/production-10.1.script.deploy';
const call: ScriptCall = {
  path: 'deploy/scripts/deploy_production.ps1',
  arguments: { Version: '2.0.0', ReleaseId: 'r1', Phase: 'production-10', Attempt: '1', Component: '' },
  timeoutMinutes: 90,
  marker,
  askedAtMs: Date.parse('2025-05-18T07:00:00Z'),
};
const listed = (...deployments: readonly string[]) => json({ deployments });
const detailed = (...deploymentsInfo: readonly object[]) => json({ deploymentsInfo });
const created = json({ deploymentId: command });
const asked = () => service.asked.map(({ operation, body }) => [operation, body]);

describe('start', () => {
  it('looks for the marker among the deployments since the run was asked for, then deploys the revision', async () => {
    service.answer(
      listed('d-OTHER'),
      detailed({ deploymentId: 'd-OTHER', description: 'r1/other' }),
      created,
    );
    expect(await scripts().start(call)).toEqual({ command });
    expect(asked()).toEqual([
      [
        'ListDeployments',
        {
          applicationName: 'technicia',
          deploymentGroupName: 'production',
          createTimeRange: { start: Date.parse('2025-05-18T06:55:00Z') / 1000 },
        },
      ],
      ['BatchGetDeployments', { deploymentIds: ['d-OTHER'] }],
      [
        'CreateDeployment',
        {
          applicationName: 'technicia',
          deploymentGroupName: 'production',
          revision: {
            revisionType: 'S3',
            s3Location: {
              bucket: 'technicia-revisions',
              key: 'deploy/scripts/deploy_production/2.0.0.zip',
              bundleType: 'zip',
            },
          },
          description: marker,
          fileExistsBehavior: 'OVERWRITE',
        },
      ],
    ]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a component', { Version: '2.0.0', Component: 'server' }, 'deploy/scripts/x/server/2.0.0.zip'],
    ['no version', { ReleaseId: 'r1', Attempt: '1' }, 'deploy/scripts/x.zip'],
    ['nothing', {}, 'deploy/scripts/x.zip'],
  ])('chooses the revision of %s', async (_, values, key) => {
    service.answer(listed(), created);
    await scripts().start({ ...call, path: 'deploy/scripts/x.ps1', arguments: values });
    expect(service.asked[1]?.body).toMatchObject({ revision: { s3Location: { key } } });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['an argument that would be lost', { Version: '2.0.0', Servers: 'all' }],
    ['a version that would leave its folder', { Version: '../other' }],
    ['a version with a slash', { Version: '2.0/0' }],
    ['a version of dots', { Version: '..' }],
    ['a version without end', { Version: '1'.repeat(101) }],
  ])('refuses %s before it asks anything', async (_, values) => {
    await expect(scripts().start({ ...call, arguments: values })).rejects.toThrow(InvalidInput);
    expect(service.asked).toEqual([]);
  });

  it('refuses a marker that a description cannot hold', async () => {
    await expect(scripts().start({ ...call, marker: 'm'.repeat(101) })).rejects.toThrow(InvalidInput);
    expect(service.asked).toEqual([]);
  });

  it('answers the deployment that has the marker, on whatever page, the oldest first', async () => {
    const many = times(30, (index) => `d-${index}`);
    service.answer(
      json({ deployments: many, nextToken: 'more' }),
      listed('d-LAST'),
      detailed({ deploymentId: 'd-1', description: marker, createTime: 200 }),
      detailed({ deploymentId: command, description: marker, createTime: 100, creator: 'user' }),
    );
    expect(await scripts().start(call)).toEqual({ command });
    expect(service.asked[1]?.body).toMatchObject({ nextToken: 'more' });
    expect(service.asked[2]?.body).toEqual({ deploymentIds: many.slice(0, 25) });
    expect(service.asked[3]?.body).toEqual({ deploymentIds: [...many.slice(25), 'd-LAST'] });
  });

  it('does not take a rollback by CodeDeploy for a run', async () => {
    service.answer(
      listed('d-BACK'),
      detailed({ deploymentId: 'd-BACK', description: marker, creator: 'codeDeployRollback' }),
      created,
    );
    expect(await scripts().start(call)).toEqual({ command });
  });

  it('remembers what it created while listings lag', async () => {
    const runner = scripts();
    service.answer(listed(), created, refused('DeploymentDoesNotExistException'));
    await runner.start(call);
    expect(await runner.start(call)).toEqual({ command });
    expect(await runner.describe(command)).toEqual({ marker, status: 'running', exitCode: -1, summary: '' });
    expect(service.operations()).toEqual(['ListDeployments', 'CreateDeployment', 'GetDeployment']);
  });

  // Every error that the service's model gives CreateDeployment, and two that every service has.
  it.each([
    'AlarmsLimitExceededException',
    'ApplicationDoesNotExistException',
    'ApplicationNameRequiredException',
    'DeploymentConfigDoesNotExistException',
    'DeploymentGroupDoesNotExistException',
    'DeploymentGroupNameRequiredException',
    'DescriptionTooLongException',
    'InvalidAlarmConfigException',
    'InvalidApplicationNameException',
    'InvalidAutoRollbackConfigException',
    'InvalidAutoScalingGroupException',
    'InvalidComputePlatformException',
    'InvalidDeploymentConfigNameException',
    'InvalidDeploymentGroupNameException',
    'InvalidECSServiceException',
    'InvalidFileExistsBehaviorException',
    'InvalidGitHubAccountTokenException',
    'InvalidIgnoreApplicationStopFailuresValueException',
    'InvalidInputException',
    'InvalidLoadBalancerInfoException',
    'InvalidRevisionException',
    'InvalidRoleException',
    'InvalidTargetInstancesException',
    'InvalidTrafficRoutingConfigurationException',
    'InvalidUpdateOutdatedInstancesOnlyValueException',
    'RevisionDoesNotExistException',
    'RevisionRequiredException',
    'AccessDeniedException',
    'ValidationException',
  ])('is refused and nothing ran: %s', async (name) => {
    service.answer(listed(), refused(name));
    const error = await scripts()
      .start(call)
      .catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ScriptNotStarted);
    expect(String(error)).toContain(name);
  });

  it.each([['has a deployment under way', refused('DeploymentLimitExceededException')] as const, ...outages])(
    'a service that %s when the deployment is created: the same may be asked again',
    async (_, answer) => {
      service.answer(listed(), answer);
      await expect(scripts().start(call)).rejects.toThrow(ServiceUnavailable);
    },
  );
});

describe('describe', () => {
  const running = { status: 'running', exitCode: -1, summary: '' };
  const known = (info: object) => json({ deploymentInfo: { description: marker, ...info } });

  it.each(['Created', 'Queued', 'InProgress', 'Baking', 'Ready'])('%s is under way', async (status) => {
    service.answer(known({ status }));
    expect(await scripts().describe(command)).toEqual({ marker, ...running });
    expect(asked()).toEqual([['GetDeployment', { deploymentId: command }]]);
  });

  it('is done when every server is', async () => {
    const deploymentOverview = { Pending: 0, InProgress: 0, Succeeded: 2, Failed: 0, Skipped: 0, Ready: 0 };
    service.answer(known({ status: 'Succeeded', deploymentOverview }));
    expect(await scripts().describe(command)).toEqual({
      marker,
      status: 'succeeded',
      exitCode: 0,
      summary: 'Succeeded 2/2, Failed 0, Skipped 0',
    });
  });

  it('waits for counts that lag behind', async () => {
    service.answer(known({ status: 'Succeeded', deploymentOverview: { Succeeded: 1, InProgress: 1 } }));
    expect(await scripts().describe(command)).toEqual({ marker, ...running });
  });

  const noTargets = json({ targetIds: [] });
  it.each<[string, object, string]>([
    [
      'a success that left a server out',
      { status: 'Succeeded', deploymentOverview: { Succeeded: 2, Failed: 1 } },
      'Succeeded (Succeeded 2/3, Failed 1, Skipped 0)\n',
    ],
    ['a success on no server', { status: 'Succeeded' }, 'Succeeded (Succeeded 0/0, Failed 0, Skipped 0)\n'],
    [
      'stopped by a person',
      {
        status: 'Stopped',
        errorInformation: { code: 'MANUAL_STOP', message: 'stopped by ada' },
        deploymentOverview: { Succeeded: 1, Skipped: 2 },
      },
      'MANUAL_STOP: stopped by ada (Succeeded 1/3, Failed 0, Skipped 2)\n',
    ],
    [
      'nobody to deploy to',
      { status: 'Failed', errorInformation: { code: 'NO_INSTANCES', message: 'none found' } },
      'NO_INSTANCES: none found (Succeeded 0/0, Failed 0, Skipped 0)\n',
    ],
    [
      'rolled back by CodeDeploy',
      {
        status: 'Failed',
        errorInformation: { code: 'ALARM_ACTIVE' },
        rollbackInfo: { rollbackDeploymentId: 'd-BACK' },
      },
      'ALARM_ACTIVE:  (Succeeded 0/0, Failed 0, Skipped 0); rollbackDeploymentId d-BACK\n',
    ],
  ])('%s is a failure', async (_, info, summary) => {
    service.answer(known(info), noTargets);
    expect(await scripts().describe(command)).toEqual({ marker, status: 'failed', exitCode: -1, summary });
    expect(asked()[1]).toEqual([
      'ListDeploymentTargets',
      { deploymentId: command, targetFilters: { TargetStatus: ['Failed'] } },
    ]);
  });

  const failed = known({
    status: 'Failed',
    errorInformation: { code: 'HEALTH_CONSTRAINTS', message: 'too many failed' },
    deploymentOverview: { Succeeded: 1, Failed: 1 },
  });
  const targets = json({ targetIds: ['i-1', 'i-2'] });
  const targetWith = (diagnostics: object) =>
    json({
      deploymentTargets: [
        {
          instanceTarget: {
            lifecycleEvents: [
              { lifecycleEventName: 'Install', status: 'Succeeded', diagnostics: { message: 'fine' } },
              { lifecycleEventName: 'AfterInstall', status: 'Failed', diagnostics },
            ],
          },
        },
      ],
    });

  it('tells what the hook said on the first server that failed', async () => {
    const message = 'Script at specified location: install.bat failed with exit code 3';
    service.answer(failed, targets, targetWith({ message, logTail: '[stderr]no space left\n' }));
    expect(await scripts().describe(command)).toEqual({
      marker,
      status: 'failed',
      exitCode: 3,
      summary: `HEALTH_CONSTRAINTS: too many failed (Succeeded 1/2, Failed 1, Skipped 0)\n${message}\n[stderr]no space left`,
    });
    expect(asked()[2]).toEqual(['BatchGetDeploymentTargets', { deploymentId: command, targetIds: ['i-1'] }]);
  });

  it('keeps the end of what was printed', async () => {
    service.answer(failed, targets, targetWith({ message: 'm', logTail: `${'y'.repeat(2_000)}end` }));
    const { summary } = await scripts().describe(command);
    expect(summary).toHaveLength(500);
    expect(summary.endsWith('yend')).toBe(true);
  });

  it('tells a failure before there were targets', async () => {
    service.answer(failed, refused('DeploymentNotStartedException'));
    expect(await scripts().describe(command)).toMatchObject({ status: 'failed', exitCode: -1 });
  });

  it.each(outages)('asks again when the service %s while it tells why', async (_, answer) => {
    service.answer(failed, targets, answer);
    await expect(scripts().describe(command)).rejects.toThrow(ServiceUnavailable);
  });

  it.each([
    ['never created', 'DeploymentDoesNotExistException'],
    ['no id of a deployment', 'InvalidDeploymentIdException'],
  ])('%s: there is no such deployment', async (_, name) => {
    service.answer(refused(name));
    await expect(scripts().describe(command)).rejects.toThrow(ScriptNotStarted);
  });

  it('leaves a request that AWS does not accept as it is', async () => {
    service.answer(refused('AccessDeniedException'));
    await expect(scripts().describe(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

const calls: readonly (readonly [string, (port: ScriptRunner) => Promise<unknown>])[] = [
  ['start', (port) => port.start(call)],
  ['describe', (port) => port.describe(command)],
];
describe.each(outages)('a service that %s', (_, answer) => {
  it.each(calls)('makes the port unavailable: %s', async (__, ask) => {
    service.answer(answer);
    await expect(ask(scripts())).rejects.toThrow(ServiceUnavailable);
  });
});
