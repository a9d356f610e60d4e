/** Events about commands: both services' shapes, and that they are hints only. */

import { describe, expect, it } from 'vitest';
import type { ScriptRunner, ScriptStatus } from '#application/ports/scripts.ts';
import { quoted } from '#domain/quoted.ts';
import { scriptStatus } from '#functions/events/script-status.ts';
import { marker, scriptBench } from '#test/support/script-bench.ts';

const ofSystemsManager = (command: string, status: string) => ({
  version: '0',
  source: 'aws.ssm',
  'detail-type': 'EC2 Command Status-change Notification',
  detail: { 'command-id': command, 'document-name': 'jalon-run-script', status },
});
/** CodeDeploy user guide, "Monitoring deployments with Amazon CloudWatch Events". */
const ofCodeDeploy = (command: string, state: string) => ({
  version: '0',
  source: 'aws.codedeploy',
  'detail-type': 'CodeDeploy Deployment State-change Notification',
  resources: ['arn:aws:codedeploy:eu-west-3:123456789012:deploymentgroup:technicia/production'],
  detail: {
    region: 'eu-west-3',
    deploymentId: command,
    instanceGroupId: '9fd2fbef-2157-40d8-91e7-6845af69e2d2',
    deploymentGroup: 'production',
    application: 'technicia',
    state,
  },
});

async function bench() {
  let now: ScriptStatus = { marker, status: 'running', exitCode: -1, summary: quoted('') };
  const scripts: ScriptRunner = {
    start: async () => ({ command: 'c1' }),
    describe: async (command) => (command === 'c1' ? now : { ...now, marker: 'somebody else' }),
  };
  const { run, ...rest } = await scriptBench(scripts);
  await run();
  return { ...rest, ends: (end: Partial<ScriptStatus>) => (now = { ...now, ...end }) };
}

describe.each([
  ['Systems Manager', ofSystemsManager],
  ['CodeDeploy', ofCodeDeploy],
])('an event of %s', (_, event) => {
  it('settles the wait when the runner says that the script has ended', async () => {
    const { call, told, ends } = await bench();
    ends({ status: 'succeeded', exitCode: 0, summary: quoted('done') });
    await call(scriptStatus, event('c1', 'SUCCESS'));
    await call(scriptStatus, event('c1', 'SUCCESS'));
    expect(told).toEqual([['token-1', { status: 'succeeded', exitCode: 0, summary: 'done' }]]);
  });

  it('is not believed when the runner says otherwise', async () => {
    const { call, told } = await bench();
    await call(scriptStatus, event('c1', 'SUCCESS'));
    expect(told).toEqual([]);
  });

  it('about a command of somebody else changes nothing', async () => {
    const { call, told, logged, ends } = await bench();
    ends({ status: 'failed', exitCode: 1 });
    await call(scriptStatus, event('c2', 'FAILURE'));
    expect([told, logged]).toEqual([[], ['UNKNOWN_COMMAND']]);
  });
});

it.each([
  {
    'detail-type': 'CodeDeploy Instance State-change Notification',
    detail: { deploymentId: 'c1', state: 'x' },
  },
  { 'detail-type': 'CodeDeploy Deployment State-change Notification', detail: { 'command-id': 'c1' } },
])('an event of another shape is refused: %j', async (event) => {
  const { call } = await bench();
  await expect(call(scriptStatus, event)).rejects.toMatchObject({ name: 'InvalidInput' });
});
