import { AppConfigClient } from '@aws-sdk/client-appconfig';
import { describe, expect, it } from 'vitest';
import type { Exposure } from '#application/ports/metrics.ts';
import { ServiceUnavailable } from '#domain/errors.ts';
import { appConfigExposure } from '#functions/adapters/appconfig/exposure.ts';
import { noFlags, parseFlags, renderFlags } from '#functions/adapters/appconfig/flags.ts';
import { type Answer, json, outages, refused, wireService } from './service.ts';

const service = wireService();
const exposure = () =>
  appConfigExposure({
    client: new AppConfigClient(service.settings()),
    applicationId: 'app1',
    environmentId: 'env1',
    profileId: 'prf1',
    strategyIds: { raise: 'slow', withdraw: 'fast' },
  });

const versionsPath = '/applications/app1/configurationprofiles/prf1/hostedconfigurationversions';
const deploymentsPath = '/applications/app1/environments/env1/deployments';
const flags = { percent: 10, release: 'r1', components: { ocr: 'off' } } as const;
const document = renderFlags(flags);

/** Versions are listed in no particular order. */
const versions = (...numbers: readonly number[]) =>
  json({ Items: numbers.map((VersionNumber) => ({ VersionNumber })) });
const content = (body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body,
});
const created = (version: number): Answer => ({
  status: 201,
  headers: { 'content-type': 'application/json', 'version-number': `${version}` },
  body: '',
});
const deployments = (...Items: readonly object[]) => json({ Items });
const deployment = (ConfigurationVersion: string, State: string, ConfigurationProfileId = 'prf1') => ({
  DeploymentNumber: 7,
  ConfigurationProfileId,
  ConfigurationVersion,
  State,
});
const started: Answer = {
  status: 201,
  headers: { 'content-type': 'application/json' },
  body: '{"DeploymentNumber":8,"State":"DEPLOYING"}',
};
const conflict = refused('ConflictException', 409);

describe('set', () => {
  it('writes the first version and deploys it', async () => {
    service.answer(versions(), created(1), deployments(), started);
    await exposure().set('r1', 10);
    expect(service.operations()).toEqual([
      `GET ${versionsPath}`,
      `POST ${versionsPath}`,
      `GET ${deploymentsPath}`,
      `POST ${deploymentsPath}`,
    ]);
    expect(service.asked[1]?.body).toEqual({
      version: '1',
      flags: {
        'new-version': {
          name: 'New version',
          attributes: {
            percent: { constraints: { type: 'number', minimum: 0, maximum: 100 } },
            release: { constraints: { type: 'string' } },
          },
        },
      },
      values: {
        'new-version': {
          _variants: [
            {
              name: 'New version',
              enabled: true,
              rule: '(lt $bucket 1000)',
              attributeValues: { percent: 10, release: 'r1' },
            },
            { name: 'Old version', enabled: false, attributeValues: { percent: 10, release: 'r1' } },
          ],
        },
      },
    });
    expect(service.asked[1]?.headers).toMatchObject({
      'content-type': 'application/json',
      description: 'release r1: 10 %',
    });
    expect(service.asked[1]?.headers).not.toHaveProperty('latest-version-number');
    expect(service.asked[3]?.body).toEqual({
      DeploymentStrategyId: 'slow',
      ConfigurationProfileId: 'prf1',
      ConfigurationVersion: '1',
      Description: 'release r1: 10 %',
    });
  });

  it('changes only the percentage of the newest version, and only if it is still the newest', async () => {
    service.answer(
      json({ Items: [{ VersionNumber: 2 }, { VersionNumber: 11 }], NextToken: 'more' }),
      versions(9),
      content(document),
      created(12),
      deployments(deployment('11', 'COMPLETE')),
      started,
    );
    await exposure().set('r1', 50);
    expect(service.operations()[1]).toBe(`GET ${versionsPath}?next_token=more`);
    expect(service.operations()[2]).toBe(`GET ${versionsPath}/11`);
    expect(service.asked[3]?.headers).toMatchObject({ 'latest-version-number': '11' });
    expect(service.asked[3]?.body).toEqual(JSON.parse(renderFlags({ ...flags, percent: 50 })));
    expect(service.asked[5]?.body).toMatchObject({ ConfigurationVersion: '12' });
  });

  it.each<readonly [string, (port: Exposure) => Promise<void>, string]>([
    ['more users come in steps', (port) => port.set('r1', 50), 'slow'],
    ['fewer users do not wait', (port) => port.set('r1', 5), 'fast'],
    ['nobody does not wait', (port) => port.set('r1', 0), 'fast'],
    ['a component goes at once', (port) => port.switch('r1', 'chatbot', 'off'), 'fast'],
    ['a component is limited at once', (port) => port.switch('r1', 'chatbot', 'limited'), 'fast'],
    ['a component comes back in steps', (port) => port.switch('r1', 'ocr', 'on'), 'slow'],
  ])('takes access at once and gives it in steps: %s', async (_, change, strategy) => {
    service.answer(
      versions(3),
      content(document),
      created(4),
      deployments(deployment('3', 'COMPLETE')),
      started,
    );
    await change(exposure());
    expect(service.asked[4]?.body).toMatchObject({ DeploymentStrategyId: strategy });
  });

  it.each(['VALIDATING', 'DEPLOYING', 'BAKING', 'COMPLETE'])(
    'writes and deploys nothing when it is so and %s',
    async (state) => {
      service.answer(versions(3), content(document), deployments(deployment('3', state)));
      await exposure().set('r1', 10);
    },
  );

  it.each<readonly [string, Answer]>([
    ['never', deployments(deployment('9', 'COMPLETE', 'another-profile'))],
    ['before something else', deployments(deployment('2', 'COMPLETE'))],
    ['and taken back', deployments(deployment('3', 'ROLLED_BACK'))],
    ['and reverted', deployments(deployment('3', 'REVERTED'))],
  ])('deploys the same version when it was deployed %s', async (_, answer) => {
    service.answer(versions(3), content(document), answer, started);
    await exposure().set('r1', 10);
    expect(service.asked[3]?.body).toMatchObject({ ConfigurationVersion: '3' });
  });

  it('finds the last deployment of its own profile, on whatever page', async () => {
    service.answer(
      versions(3),
      content(document),
      json({ Items: [deployment('9', 'COMPLETE', 'another-profile')], NextToken: 'more' }),
      deployments(deployment('3', 'COMPLETE'), deployment('2', 'COMPLETE')),
    );
    await exposure().set('r1', 10);
  });

  it('decides again when somebody else wrote first', async () => {
    service.answer(
      versions(3),
      content(document),
      conflict,
      versions(3, 4),
      content(renderFlags({ ...flags, components: {} })),
      created(5),
      deployments(),
      started,
    );
    await exposure().set('r1', 0);
    expect(service.asked[5]?.headers).toMatchObject({ 'latest-version-number': '4' });
    expect(service.asked[5]?.body).toEqual(JSON.parse(renderFlags({ ...noFlags, release: 'r1' })));
  });

  it('gives up when somebody always does', async () => {
    const lost = [versions(3), content(document), conflict];
    service.answer(...lost, ...lost, ...lost, ...lost);
    await expect(exposure().set('r1', 0)).rejects.toThrow(ServiceUnavailable);
  });

  it('stops what is being deployed and not wanted any more', async () => {
    service.answer(
      versions(3),
      content(document),
      created(4),
      deployments(deployment('3', 'DEPLOYING')),
      conflict,
      json({ DeploymentNumber: 7, State: 'ROLLING_BACK' }),
    );
    await expect(exposure().set('r1', 0)).rejects.toThrow(ServiceUnavailable);
    expect(service.operations().at(-1)).toBe(`DELETE ${deploymentsPath}/7`);
  });

  it('what it wanted to stop may have ended', async () => {
    service.answer(
      versions(3),
      content(document),
      deployments(deployment('2', 'BAKING')),
      conflict,
      refused('BadRequestException'),
    );
    await expect(exposure().set('r1', 10)).rejects.toThrow(ServiceUnavailable);
  });

  it.each([
    ['another profile', deployment('3', 'DEPLOYING', 'another-profile')],
    ['itself being taken back', deployment('2', 'ROLLING_BACK')],
  ])('does not deploy over another deployment: that of %s', async (_, other) => {
    service.answer(versions(3), content(document), deployments(other), conflict);
    await expect(exposure().set('r1', 10)).rejects.toThrow(ServiceUnavailable);
  });

  it('leaves alone a profile that is not ours', async () => {
    service.answer(versions(3), content('{"version":"1","values":{"theirs":{"enabled":true}}}'));
    await expect(exposure().set('r1', 10)).rejects.toThrow(/not ours/);
  });

  it.each([
    ['ResourceNotFoundException', 404],
    ['BadRequestException', 400],
    ['PayloadTooLargeException', 413],
  ])('%s is a fault', async (name, status) => {
    service.answer(versions(), refused(name, status));
    await expect(exposure().set('r1', 10)).rejects.toMatchObject({ name });
  });
});

describe('withdraw', () => {
  it('does not wait, and leaves the rest as it is', async () => {
    service.answer(versions(3), content(document), created(4), deployments(), started);
    expect(await exposure().withdraw('r1')).toBe(true);
    expect(service.asked[2]?.body).toEqual(JSON.parse(renderFlags({ ...flags, percent: 0 })));
    expect(service.asked[4]?.body).toMatchObject({ DeploymentStrategyId: 'fast' });
  });

  it('writes nothing when the newest version is of another release, even one that came in between', async () => {
    const theirs = content(renderFlags({ ...flags, release: 'r2' }));
    service.answer(versions(3), content(document), conflict, versions(3, 4), theirs);
    expect(await exposure().withdraw('r1')).toBe(false);
  });
});

describe('switch', () => {
  it.each([
    ['on', { enabled: true, mode: 'on' }],
    ['limited', { enabled: true, mode: 'limited' }],
  ] as const)('%s changes only the component', async (state, value) => {
    service.answer(versions(3), content(document), created(4), deployments(), started);
    await exposure().switch('r1', 'ocr', state);
    expect(service.asked[2]?.body).toMatchObject({
      flags: {
        'component-ocr': {
          attributes: { mode: { constraints: { type: 'string', enum: ['on', 'limited', 'off'] } } },
        },
      },
      values: {
        'component-ocr': value,
        'new-version': { _variants: [{ attributeValues: { percent: 10 } }, {}] },
      },
    });
  });

  it('is done when it is so', async () => {
    service.answer(versions(3), content(document), deployments(deployment('3', 'COMPLETE')));
    await exposure().switch('r1', 'ocr', 'off');
  });
});

describe('flags', () => {
  it.each([noFlags, flags, { percent: 33, components: { b: 'on', a: 'limited' } } as const])(
    'come back from AppConfig as they were: %j',
    (some) => {
      expect(parseFlags(renderFlags(some))).toEqual(some);
    },
  );

  it('come back with what AppConfig adds', () => {
    const stored = JSON.parse(document) as {
      values: Record<string, object>;
      flags: Record<string, object>;
    };
    const stamped = (all: Record<string, object>) =>
      Object.fromEntries(
        Object.entries(all).map(([id, one]) => [id, { ...one, _createdAt: 'x', _updatedAt: 'y' }]),
      );
    expect(
      parseFlags(
        JSON.stringify({ version: '1', flags: stamped(stored.flags), values: stamped(stored.values) }),
      ),
    ).toEqual(flags);
  });

  it('may go by the bucket that the product passes', () => {
    expect(renderFlags({ percent: 10, components: {} })).toContain('"(lt $bucket 1000)"');
  });

  it.each<readonly [string, () => string]>([
    ['a component that cannot name a flag', () => renderFlags({ percent: 0, components: { 'a b': 'on' } })],
  ])('refuse what AppConfig could not hold: %s', (_, render) => {
    expect(render).toThrow(RangeError);
  });
});

const calls: readonly (readonly [string, readonly Answer[], (port: Exposure) => Promise<void>])[] = [
  ['listing versions', [], (port) => port.set('r1', 10)],
  ['reading one', [versions(3)], (port) => port.set('r1', 10)],
  ['writing one', [versions()], (port) => port.set('r1', 10)],
  ['listing deployments', [versions(), created(1)], (port) => port.switch('r1', 'ocr', 'off')],
  ['deploying', [versions(), created(1), deployments()], (port) => port.switch('r1', 'ocr', 'off')],
];
describe.each(outages)('a service that %s', (_, answer) => {
  it.each(calls)('makes the port unavailable when it fails at %s', async (__, before, call) => {
    service.answer(...before, answer);
    await expect(call(exposure())).rejects.toThrow(ServiceUnavailable);
  });
});
