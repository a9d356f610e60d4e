/** A stage with chats: what its functions hold and may read because of that, and what it is refused for. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { bundle } from '#lib/bundles.ts';
import { Communications } from '#lib/communications/communications.ts';
import { deployedFunctions } from '#lib/deployed-functions.ts';
import { ResourceNames } from '#lib/names.ts';
import { planAsDeployed, readStages } from '#lib/stage.ts';
import { smallPlan } from '#test/support/plans.ts';
import { appForNow, settings, stageOf } from './synthesized.ts';

const secretArn = 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:slack-AbCdEf';
const chats = [{ format: 'slack', secretArn, kinds: ['incident'] }];
const folder = mkdtempSync(join(tmpdir(), 'jalon-alerts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const powerOf = (alerts: readonly object[]) => {
  const stage = stageOf({ alerts });
  const stack = new Stack(appForNow(), 'Test');
  return new Communications(stack, 'Communications', {
    names: new ResourceNames(stack, 'demo', stage.name),
    stage,
  }).powers.notifier;
};
const readsSecret = (alerts: readonly object[]) =>
  powerOf(alerts).statements.flatMap(({ actions, resources }) =>
    actions.includes('secretsmanager:GetSecretValue') ? resources : [],
  );

describe('alerts of a stage', () => {
  it('read the secret of each chat, and no secret without one', () => {
    expect(readsSecret(chats)).toEqual([secretArn]);
    expect(powerOf(chats).environment['CHATS']).toBe(JSON.stringify(chats));
    expect(readsSecret([])).toEqual([]);
    expect(powerOf([]).environment).not.toHaveProperty('CHATS');
  });

  it('put webhooks into the bundles of those who tell, only where there are chats', async () => {
    const holdPhase = deployedFunctions('run-command').filter(({ name }) => name === 'hold-phase');
    const inputsWith = async (alerts: readonly object[]) => {
      const { metafiles } = await bundle(smallPlan(), stageOf({ alerts }), folder, holdPhase);
      return Object.keys(metafiles.get('hold-phase')?.inputs ?? {});
    };
    const webhook = 'functions/adapters/notifier/webhook.ts';
    expect(await inputsWith(chats)).toContain(webhook);
    expect(await inputsWith([])).not.toContain(webhook);
  });

  it.each<readonly [string, object, RegExp]>([
    ['a chat that is none', { format: 'irc', secretArn }, /alerts\.0\.format: /],
    [
      'an address in place of a secret',
      { format: 'slack', secretArn: 'https://x' },
      /alerts\.0\.secretArn: the ARN/,
    ],
    ['a kind that is none', { format: 'slack', secretArn, kinds: ['gossip'] }, /alerts\.0\.kinds\.0: /],
  ])('are refused with %s', (_, chat, why) => {
    expect(() => readStages({ test: { ...settings, alerts: [chat] } })).toThrow(why);
  });

  it('are refused with a role that the plan has not', () => {
    const stage = stageOf({ alerts: [{ format: 'teams', secretArn, roles: ['nobody'] }] });
    expect(() => planAsDeployed(smallPlan(), stage)).toThrow(/alerts names nobody/);
  });
});
