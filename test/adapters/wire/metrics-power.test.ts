/** The port as a function on AWS composes it: from its environment, with the SDK's own clients and secrets by reference. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Plan } from '#domain/plan/plan.ts';
import { provide as applicationSignals } from '#functions/runtime/powers/metrics.application-signals.ts';
import { provide as cloudwatch } from '#functions/runtime/powers/metrics.cloudwatch.ts';
import { provide as http } from '#functions/runtime/powers/metrics.http.ts';
import { provide as prometheus } from '#functions/runtime/powers/metrics.self-hosted-prometheus.ts';
import { among } from '#functions/runtime/powers/metrics.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { checkOf, cohort, first } from '#test/adapters/metrics/checks.ts';
import { smallPlan } from '#test/support/plans.ts';
import { type Asked, json, refused, wireService } from './service.ts';

const service = wireService();
const secretOf = (name: string) => `arn:aws:secretsmanager:eu-west-3:111122223333:secret:${name}`;
const secrets: Readonly<Record<string, string>> = {
  [secretOf('prometheus')]: 'jalon:pass-1',
  [secretOf('shop')]: 'token-1\n',
};

beforeEach(() => {
  const { endpoint } = service.settings();
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    METRICS: JSON.stringify({
      cohort,
      lagMinutes: 2,
      prometheus: {
        service: 'self-hosted',
        url: `${endpoint}/prometheus`,
        scheme: 'basic',
        secretArn: secretOf('prometheus'),
      },
      apis: {
        shop: {
          url: `${endpoint}/shop?q={{query}}`,
          method: 'GET',
          headers: { authorization: 'Bearer {{token}}' },
          secrets: { token: secretOf('shop') },
          answer: 'points',
          times: { asked: 'seconds', answered: 'seconds', stamp: 'start' },
        },
      },
    }),
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

const isSecret = ({ operation }: Asked) => operation === 'GetSecretValue';
const metrics = () =>
  among({ cloudwatch, 'application-signals': applicationSignals, prometheus, http })({
    plan: smallPlan() as Plan,
    clock: { nowMs: () => first * 60_000 },
    log: { write: () => {} },
    sha256,
    sayRefusal,
  });
const checks = {
  requests: checkOf('volume', { kind: 'cloudwatch', count: 'Shop/Requests:Sum' }),
  uptime: checkOf('value', { kind: 'application-signals', query: 'uptime' }),
  load: checkOf('value', { kind: 'prometheus', query: 'load' }),
  sessions: checkOf('volume', { kind: 'http', api: 'shop', count: 'sessions' }),
};
const window = { fromMs: first * 60_000, toMs: (first + 5) * 60_000 };

function answer(asked: Asked) {
  const { operation, body } = asked;
  const at = first * 60;
  if (isSecret(asked)) {
    const { SecretId } = body as { readonly SecretId: string };
    return json({ ARN: SecretId, SecretString: secrets[SecretId] });
  }
  if (operation === 'GetMetricData')
    return json({ MetricDataResults: [{ Id: 'c0t0_m0', Label: 'a', Timestamps: [at], Values: [7] }] });
  if (operation === 'POST /budget-report')
    return json({ Reports: [{ Name: 'uptime', Arn: 'arn', BudgetStatus: 'OK', Attainment: 99.9 }] });
  if (operation.startsWith('POST /prometheus/'))
    return json({
      status: 'success',
      data: { resultType: 'matrix', result: [{ metric: {}, values: [[at + 60, '0.5']] }] },
    });
  return json({ points: [[at, 3]] });
}

describe('metrics of a function', () => {
  it('come from every provider at once', async () => {
    service.serve(answer);
    const block = (minute: number, n: number, x: number) => ({
      kind: 'blocks',
      blocks: [{ minute: first + minute, treatment: { n, x } }],
    });
    const port = metrics();
    expect(await port.read(checks, window)).toEqual({
      requests: block(0, 7, 7),
      uptime: block(2, 1, 99.9),
      load: block(0, 1, 0.5),
      sessions: block(0, 3, 3),
    });
    const headersOf = (path: string) =>
      service.asked.find(({ operation }) => operation.includes(path))?.headers.authorization;
    expect(headersOf('/shop')).toBe('Bearer token-1');
    expect(headersOf('/prometheus/')).toBe(`Basic ${Buffer.from('jalon:pass-1').toString('base64')}`);
    expect(headersOf('/budget-report')).toContain('/eu-west-3/application-signals/aws4_request');

    await port.read(checks, window);
    expect(service.asked.filter(isSecret)).toHaveLength(2);
  });

  it('a secret that is not there is a check that is unknown, and nobody is asked without it', async () => {
    service.serve((asked) => (isSecret(asked) ? refused('ResourceNotFoundException') : answer(asked)));
    const { load, sessions, requests } = await metrics().read(checks, window);
    expect(requests).toMatchObject({ kind: 'blocks' });
    for (const series of [load, sessions])
      expect(series).toMatchObject({
        fault: { code: 'credentials-unreadable', params: { error: 'ResourceNotFoundException' } },
      });
    const asked = service.operations().filter((one) => /shop|prometheus/.test(one));
    expect(asked).toEqual([]);
  });
});
