/** What is refused before anything is deployed, with a message that says what to change; and that deployments never meet. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployedFunctions } from '#lib/deployed-functions.ts';
import { ResourceNames, refuseSharedNames } from '#lib/names.ts';
import { loadPlan } from '#lib/plan.ts';
import { Service } from '#lib/service.ts';
import { planAsDeployed, readStages } from '#lib/stage.ts';
import { smallPlan } from '#test/support/plans.ts';
import { appForNow, emptyBundles, type Resource, settings, stageOf, templateOf } from './synthesized.ts';

const root = join(import.meta.dirname, '..', '..');
const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'no error';
  }
  return 'nothing was thrown';
};
const described = 'Every setting is described in lib/stage.ts and docs/operate/deploy.md';

describe('the settings of a stage', () => {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as {
    context: { stages: Record<string, unknown> };
  };

  it('of cdk.json are all good', () => {
    expect(readStages(context.stages).map(({ name }) => name)).toEqual(Object.keys(context.stages));
  });

  it('of production name a contact for every role of its plan: the plan has placeholders', () => {
    const [stage] = readStages(context.stages, 'production');
    expect(Object.keys(stage?.contacts ?? {}).toSorted()).toEqual(
      Object.keys(loadPlan(stage?.plan ?? '').roles).toSorted(),
    );
  });

  it('that are missing are all named at once, with where they are described', () => {
    const message = messageOf(() => readStages({ test: {} }));
    expect(message).toMatch(/^RangeError: stage "test" in cdk\.json cannot be deployed:/);
    for (const setting of ['plan', 'region', 'mail', 'scripts', 'metrics', 'operators'])
      expect(message).toMatch(new RegExp(`^ {2}${setting}: `, 'm'));
    expect(message).toContain(described);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'one of a runner',
      { scripts: { runner: 'codedeploy', application: 'a' } },
      /^ {2}scripts\.deploymentGroup: /m,
    ],
    ['a runner that is none', { scripts: { runner: 'ssh' } }, /^ {2}scripts\.runner: /m],
    [
      'an address over http',
      { scripts: { runner: 'webhook', url: 'http://x.example', secretArn: 'arn:x' } },
      /^ {2}scripts\.url: an https address/m,
    ],
    ['a region that is none', { region: 'paris' }, /^ {2}region: a region such as eu-west-3/m],
    ['an account that is none', { account: '42' }, /^ {2}account: an account id of 12 digits/m],
    [
      'a sender of another domain',
      { mail: { ...settings.mail, from: { name: 'x', address: 'a@b.example' } } },
      /^ {2}mail\.from\.address: an address of the domain/m,
    ],
    ['nobody who hears of alarms', { operators: [] }, /^ {2}operators: /m],
    ['a typing mistake', { keepData: false }, /Unrecognized key: "keepData"/],
    ['days that CloudWatch has not', { logDays: 7 }, /^ {2}logDays: /m],
  ])('with %s are refused by its path', (_, changes, message) => {
    const said = messageOf(() => stageOf(changes));
    expect(said).toMatch(message);
    expect(said).toContain(described);
  });

  it.each(['Production', '1st', 'a'.repeat(17), 'été', 'a_b', 'b-c', ''])(
    'a stage is not named %j',
    (name) => {
      expect(messageOf(() => readStages({ [name]: settings }))).toBe(
        `RangeError: stage "${name}": a name has 1 to 16 lower-case letters and digits, no hyphen`,
      );
    },
  );

  it('a stage that is asked for and is not there is refused with those that are', () => {
    const stages = { production: settings, trial: settings };
    expect(messageOf(() => readStages(stages, 'prod'))).toBe(
      'RangeError: cdk.json has no stage "prod": it has production, trial',
    );
    expect(readStages(stages, 'trial').map(({ name }) => name)).toEqual(['trial']);
    // One that is wrong does not keep another from being deployed.
    expect(readStages({ ...stages, broken: {} }, 'trial')).toHaveLength(1);
  });

  it.each([undefined, null, {}])('no stages at all (%j): says where to add one', (none) => {
    expect(messageOf(() => readStages(none))).toMatch(
      /add one under context\.stages \(docs\/operate\/deploy\.md\)/,
    );
  });
});

describe('the plan of a stage', () => {
  const plan = loadPlan('plans/technicia.yaml');

  it.each(['nobody', 'constructor'])('has no contact for the role %s, which it does not know', (role) => {
    const stage = stageOf({ contacts: { [role]: 'a@b.example' } });
    expect(messageOf(() => planAsDeployed(plan, stage))).toBe(
      `RangeError: stage "test": contacts names ${role}; the plan's roles are ${Object.keys(plan.roles).join(', ')}`,
    );
  });

  it('gets the contacts of the stage and keeps its others', () => {
    const { roles } = planAsDeployed(plan, stageOf({ contacts: { qa: 'qa@b.example' } }));
    expect(roles['qa']?.contact).toBe('qa@b.example');
    expect({ ...roles, qa: plan.roles['qa'] }).toEqual(plan.roles);
  });

  describe('in a file', () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'jalon-plan-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('that lint refuses is not deployed: the message names the first errors and the command for the rest', () => {
      const file = join(folder, 'broken.yaml');
      const text = readFileSync(join(root, 'plans/technicia.yaml'), 'utf8');
      writeFileSync(file, text.replaceAll(/owner: qa$/gm, 'owner: nobody'));
      const said = messageOf(() => loadPlan(file));
      expect(said).toMatch(/^PlanRefused: the plan .*broken\.yaml cannot be used:\n {2}phases/);
      expect(said).toContain(`"jalon lint ${file}" says all that is wrong and what to do.`);
    });

    it('that is not there is named', () => {
      expect(messageOf(() => loadPlan(join(folder, 'missing.yaml')))).toMatch(
        /^PlanNotReadable: .*missing\.yaml/,
      );
    });
  });
});

describe('names', () => {
  it.each([
    [27, undefined],
    [28, /"jalon-x{28}-test12-call-to-failed-rollback" has 65 characters; at most 64 are allowed: shorten/],
  ])('with a product of %d letters', (length, refusal) => {
    const names = new ResourceNames(new Stack(new App(), 'x'), 'x'.repeat(length), 'test12');
    const longest = deployedFunctions('webhook').map(({ name }) => name);
    const said = messageOf(() => longest.map((name) => names.of(name)));
    expect(said).toMatch(refusal ?? /^nothing was thrown$/);
  });

  it('of one deployment are not those of another, wherever the hyphens are', () => {
    // Alarm "mail-events-dead" of the first would be alarm "events-dead" of the second.
    expect(messageOf(() => refuseSharedNames(['jalon-a-b', 'jalon-a-b-mail']))).toBe(
      'RangeError: the names of the deployment "jalon-a-b-mail" begin like those of "jalon-a-b": give its plan another product, or its stage another name',
    );
    expect(messageOf(() => refuseSharedNames(['jalon-a-b', 'jalon-a-bc', 'jalon-b-b']))).toBe(
      'nothing was thrown',
    );
  });

  it('too long ones refuse the whole deployment before anything is made', () => {
    const plan = smallPlan({ product: 'x'.repeat(40) });
    const deploy = () =>
      new Service(appForNow(), 'test', { plan, stage: stageOf(), bundles: emptyBundles() });
    expect(messageOf(deploy)).toMatch(
      /at most 64 are allowed: shorten the product's id in the plan, or the stage/,
    );
  });
});

/** Their names are theirs within something that has a name of its own. */
const inside = [
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Stage',
  'AWS::AppConfig::ConfigurationProfile',
  'AWS::AppConfig::Environment',
  'AWS::Cognito::UserPoolGroup',
  'AWS::IAM::Policy',
  'AWS::StepFunctions::StateMachineAlias',
];
/** Properties of a type that name something else. */
const others = ['AlarmDescription', 'DisplayName', 'GroupName', 'MetricName'];

const namesIn = (resources: Readonly<Record<string, Resource>>): readonly string[] =>
  Object.values(resources)
    .filter(({ Type }) => !inside.includes(Type))
    .flatMap(({ Type, Properties }) =>
      Object.entries(Properties ?? {})
        .filter(([key, value]) => /Name$/.test(key) && !others.includes(key) && typeof value === 'string')
        .map(([, value]) => `${Type} ${String(value)}`),
    );

describe('deployments in one account', () => {
  const deployments: Record<string, readonly string[]> = {};
  beforeAll(() => {
    const app = appForNow();
    const bundles = emptyBundles();
    const services = (
      [
        ['plans/technicia.yaml', 'production'],
        ['plans/technicia.yaml', 'trial'],
        ['plans/example.yaml', 'trial'],
      ] as const
    ).map(([file, name]) => {
      const [stage] = readStages({ [name]: { ...settings, plan: file } });
      if (!stage) throw new Error('no stage');
      const plan = loadPlan(file);
      const id = `jalon-${plan.product}-${name}`;
      return new Service(app, id, { plan, stage, bundles, env: { region: stage.region } });
    });
    for (const service of services) deployments[service.node.id] = namesIn(templateOf(service).resources());
  });

  it('are three, each with its names, all of which begin with its own', () => {
    expect(Object.keys(deployments)).toHaveLength(3);
    for (const [id, names] of Object.entries(deployments)) {
      expect(names.length, id).toBeGreaterThan(100);
      expect(new Set(names).size, id).toBe(names.length);
      expect(names.filter((name) => !name.includes(`${id}-`) && !name.endsWith(id))).toEqual([]);
    }
  });

  it('have no name in common: two stages of a plan, two plans in a stage', () => {
    const all = Object.values(deployments).flat();
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });
});
