/** What a stage must say of its metrics, and what its functions hold and may do because of that: no provider too many. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '#domain/plan/plan.ts';
import { type Bundles, bundle } from '#lib/bundles.ts';
import { deployedFunctions } from '#lib/deployed-functions.ts';
import { metricsPower } from '#lib/metrics/power.ts';
import { providersOf } from '#lib/metrics/providers.ts';
import { checkOf } from '#test/adapters/metrics/checks.ts';
import { smallPlan } from '#test/support/plans.ts';
import { settings, stageOf } from './synthesized.ts';

const { cohort, prometheus } = settings.metrics;
const amazon = {
  service: 'amazon',
  workspaceArn: 'arn:aws:aps:eu-west-3:111122223333:workspace/ws-0a1b-2c',
};
const secretOf = (name: string) => `arn:aws:secretsmanager:eu-west-3:111122223333:secret:${name}`;
const shop = {
  url: 'https://metrics.example/api?q={{query}}&from={{from}}',
  headers: { 'X-Key': '{{key}}', 'X-Account': '{{account}}' },
  secrets: { key: secretOf('key'), account: secretOf('account') },
  answer: 'series[*].points',
  times: { asked: 'seconds', answered: 'seconds' },
};
const stage = (metrics: object = {}) => stageOf({ metrics: { cohort, ...metrics } });

const sources = {
  cloudwatch: { kind: 'cloudwatch', query: 'A/B' },
  'application-signals': { kind: 'application-signals', query: 'uptime' },
  prometheus: { kind: 'prometheus', query: 'up' },
  http: { kind: 'http', api: 'shop', query: 'x' },
  jalon: { kind: 'jalon', query: 'survey' },
} as const;
const planOf = (...kinds: readonly (keyof typeof sources)[]): Plan =>
  smallPlan({
    checks: Object.fromEntries(kinds.map((kind) => [`of-${kind}`, checkOf('value', sources[kind])])),
  });

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
  return 'nothing was thrown';
};

describe('settings of metrics', () => {
  const apis = (changes: object) => ({ apis: { shop: { ...shop, ...changes } } });
  it.each<readonly [string, object, RegExp]>([
    [
      'a server over http',
      { prometheus: { ...prometheus, url: 'http://x.example' } },
      /prometheus\.url: an https/,
    ],
    [
      'a server without a secret',
      { prometheus: { ...prometheus, secretArn: 'abc' } },
      /prometheus\.secretArn: the ARN/,
    ],
    ['a service that is none', { prometheus: { service: 'x' } }, /prometheus\.service: /],
    ['a workspace by its id', { prometheus: { ...amazon, workspaceArn: 'ws-1' } }, /the ARN of a workspace/],
    [
      'an address over http',
      apis({ url: 'http://x.example/{{query}}' }),
      /apis\.shop\.url: an https address/,
    ],
    [
      'a host that a query chooses',
      apis({ url: 'https://{{query}}/x' }),
      /apis\.shop\.url: .*no placeholder/,
    ],
    [
      'a host that a query completes',
      apis({ url: 'https://x.example{{query}}' }),
      /apis\.shop\.url: .*path after it/,
    ],
    [
      'a password in the address',
      apis({ url: 'https://a:b@x.example/{{query}}' }),
      /apis\.shop\.url: .*or password/,
    ],
    [
      'a secret in the address',
      apis({ url: 'https://x.example/{{query}}?key={{key}}' }),
      /secrets stand in headers/,
    ],
    [
      'no place for the query',
      apis({ url: 'https://x.example/' }),
      /apis\.shop\.url: a place for \{\{query\}\}/,
    ],
    ['a body with GET', apis({ body: '{{query}}' }), /apis\.shop\.body: a body with POST, and none with GET/],
    ['POST without a body', apis({ method: 'POST' }), /apis\.shop\.body: a body with POST/],
    ['no secret', apis({ secrets: {}, headers: {} }), /apis\.shop\.secrets: at least one secret/],
    ['a secret that no header has', apis({ headers: { 'X-Key': '{{key}}' } }), /each of them in a header/],
    [
      'a header with a name of nothing',
      apis({ headers: { ...shop.headers, a: '{{b}}' } }),
      /no other name there/,
    ],
    [
      'an expression that is none',
      apis({ answer: 'series[' }),
      /apis\.shop\.answer: an expression of JMESPath/,
    ],
    ['a name with capitals', { apis: { Shop: shop } }, /apis\.Shop: /],
    [
      'a unit that is none',
      apis({ times: { asked: 'hours', answered: 'seconds' } }),
      /apis\.shop\.times\.asked/,
    ],
    ['a typing mistake', apis({ times: { ...shop.times, stmp: 'end' } }), /Unrecognized key: "stmp"/],
  ])('are refused by their path when they have %s', (_, metrics, message) => {
    expect(messageOf(() => stage(metrics))).toMatch(message);
  });

  it('names of headers are made one, and what is usual is filled in', () => {
    expect(stage({ apis: { shop } }).metrics).toMatchObject({
      lagMinutes: 2,
      apis: { shop: { method: 'GET', headers: { 'x-key': '{{key}}' }, times: { stamp: 'start' } } },
    });
  });
});

describe('a stage and a plan', () => {
  it('that do not fit are refused, with every check and what to add', () => {
    const other = { ...sources.http, api: 'other' };
    const plan = planOf('prometheus', 'http', 'cloudwatch');
    const checks = { ...plan.checks, other: checkOf('value', other) };
    expect(messageOf(() => providersOf({ ...plan, checks }, stage({ apis: { other: shop } })))).toBe(
      [
        'stage "test" has no settings for checks of its plan:',
        '  of-prometheus: reads prometheus: add metrics.prometheus',
        '  of-http: reads http: add metrics.apis.shop, or name one of those it has (other)',
        'Every setting is described in lib/metrics/settings.ts and docs/reference/metrics.md',
      ].join('\n'),
    );
  });

  it('a check over HTTP that names no API is refused as well', () => {
    const plan = smallPlan({ checks: { a: checkOf('value', { kind: 'http', query: 'x' }) } });
    expect(messageOf(() => providersOf(plan, stage()))).toContain(
      'a: reads http: add source.api to the check, one of metrics.apis (none)',
    );
  });

  it.each([
    ['nothing', planOf('jalon'), {}, {}],
    ['a server', planOf('prometheus'), { prometheus }, { prometheus: 'self-hosted-prometheus' }],
    ['a workspace', planOf('prometheus'), { prometheus: amazon }, { prometheus: 'amazon-prometheus' }],
    [
      'what the stage has beyond the plan',
      planOf('cloudwatch'),
      { prometheus, apis: { shop } },
      { cloudwatch: 'cloudwatch' },
    ],
  ] as const)('need the providers that the plan reads: %s', (_, plan, metrics, providers) => {
    expect(providersOf(plan, stage(metrics))).toEqual(providers);
  });
});

describe('the power to read metrics', () => {
  const stack = new Stack();
  const grantOf = (plan: Plan, metrics: object) => {
    const { environment, statements, wildcards = [] } = metricsPower(plan, stage(metrics));
    return {
      settings: JSON.parse(environment['METRICS'] ?? ''),
      allowed: statements.map((one) => {
        const { Action, Resource } = stack.resolve(one.toStatementJson()) as Record<string, unknown>;
        return [Action, Resource];
      }),
      wildcards: wildcards.length,
    };
  };

  it.each<readonly [string, Plan, object, readonly unknown[]]>([
    ['of nothing', planOf('jalon'), { prometheus, apis: { shop } }, []],
    ['of CloudWatch', planOf('cloudwatch'), {}, [['cloudwatch:GetMetricData', '*']]],
    [
      'of a server',
      planOf('prometheus'),
      { prometheus },
      [['secretsmanager:GetSecretValue', prometheus.secretArn]],
    ],
    [
      'of a workspace',
      planOf('prometheus'),
      { prometheus: amazon },
      [[['aps:QueryMetrics', 'aps:GetLabels'], amazon.workspaceArn]],
    ],
    [
      'of the APIs that the plan names',
      planOf('http'),
      { apis: { shop, other: { ...shop, secrets: { key: secretOf('other'), account: secretOf('other') } } } },
      [['secretsmanager:GetSecretValue', [secretOf('key'), secretOf('account')]]],
    ],
  ])('is given for what the plan reads, and no more: %s', (_, plan, metrics, allowed) => {
    const grant = grantOf(plan, metrics);
    expect(grant.allowed).toEqual(allowed);
    expect(grant.wildcards).toBe(JSON.stringify(allowed).includes('"*"') ? 1 : 0);
  });

  it('of objectives is of those of the plan, by name or by ARN', () => {
    const arn = 'arn:aws:application-signals:eu-west-3:111122223333:slo/latency';
    const plan = planOf('application-signals');
    const latency = checkOf('value', { kind: 'application-signals', query: arn });
    const { allowed } = grantOf({ ...plan, checks: { ...plan.checks, latency } }, {});
    expect(allowed).toEqual([
      [
        'application-signals:BatchGetServiceLevelObjectiveBudgetReport',
        [
          {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':application-signals:',
                { Ref: 'AWS::Region' },
                ':',
                { Ref: 'AWS::AccountId' },
                ':slo/uptime',
              ],
            ],
          },
          arn,
        ],
      ],
    ]);
  });

  it('comes with the settings of what the plan needs and no others', () => {
    const all = { prometheus, apis: { shop, other: shop } };
    expect(Object.keys(grantOf(planOf('cloudwatch'), all).settings)).toEqual(['cohort', 'lagMinutes']);
    expect(grantOf(planOf('prometheus'), all).settings).toMatchObject({ prometheus });
    expect(Object.keys(grantOf(planOf('http'), all).settings.apis)).toEqual(['shop']);
  });
});

describe('a bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-metrics-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let bundles: Bundles;
  beforeAll(async () => {
    const plan = planOf('cloudwatch', 'prometheus', 'http');
    const some = deployedFunctions('run-command').filter(({ name }) => ['tick', 'read-api'].includes(name));
    bundles = await bundle(plan, stage({ prometheus: amazon, apis: { shop } }), folder, some);
  });

  const filesIn = (name: string) =>
    Object.entries(bundles.metafiles.get(name)?.outputs ?? {}).flatMap(([output, { inputs, imports }]) =>
      Object.keys(inputs).map((file) => ({ output, file, imports })),
    );

  it('of a function that reads metrics has the providers of the plan and no other', () => {
    const providers = filesIn('tick')
      .map(({ file }) => /^functions\/runtime\/powers\/metrics\.(.+)\.ts$/.exec(file)?.[1])
      .filter((name) => name !== undefined);
    expect(providers.toSorted()).toEqual(['amazon-prometheus', 'cloudwatch', 'http']);
    expect(filesIn('tick').some(({ file }) => file.includes('client-application-signals'))).toBe(false);
  });

  it('of a function that reads none has none', () => {
    expect(filesIn('read-api').filter(({ file }) => file.includes('/metrics'))).toEqual([]);
  });

  it('loads a provider when a check needs it, not at its start', () => {
    const atStart = new Set<string>();
    const load = (output: string): void => {
      if (atStart.has(output)) return;
      atStart.add(output);
      const { imports = [] } = bundles.metafiles.get('tick')?.outputs[output] ?? {};
      for (const { path, kind } of imports) if (kind === 'import-statement') load(path);
    };
    const entry = filesIn('tick').find(({ output }) => output.endsWith('/index.mjs'));
    if (!entry) throw new Error('no index.mjs');
    load(entry.output);
    const ours = filesIn('tick')
      .flatMap(({ output, file }) => (atStart.has(output) ? [file] : []))
      .filter(
        (file) => file.includes('/metrics/') || file.includes('jmespath') || file.includes('cloudwatch'),
      );
    expect(ours).toEqual([]);
  });
});
