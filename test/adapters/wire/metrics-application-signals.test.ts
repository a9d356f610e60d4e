import { ApplicationSignalsClient } from '@aws-sdk/client-application-signals';
import { describe, expect, it } from 'vitest';
import type { Check } from '#domain/plan/plan.ts';
import { quoted } from '#domain/quoted.ts';
import { failuresMax } from '#functions/adapters/circuit.ts';
import { applicationSignalsMetrics } from '#functions/adapters/metrics/application-signals.ts';
import { unknown } from '#functions/adapters/metrics/unknown.ts';
import { checkOf, first, fiveMinutes, patience } from '#test/adapters/metrics/checks.ts';
import { type Asked, json, outages, refused, wireService } from './service.ts';

const service = wireService();
const source = 'Application Signals';
const metrics = () =>
  applicationSignalsMetrics({
    client: new ApplicationSignalsClient(service.settings()),
    clock: { nowMs: () => 0 },
  });
const read = (checks: Readonly<Record<string, Check>>) => metrics().read(checks, fiveMinutes, patience);
const attainment = (query: string, compare: Check['compare'] = 'objective') =>
  checkOf('value', { kind: 'application-signals', query }, compare);

const arnOf = (name: string) => `arn:aws:application-signals:eu-west-3:111122223333:slo/${name}`;
/** AWS CLI, example of batch-get-service-level-objective-budget-report. */
const report = (Name: string, more: object = {}) => ({
  Arn: arnOf(Name),
  Name,
  EvaluationType: 'PeriodBased',
  BudgetStatus: 'OK',
  Attainment: 99.95,
  TotalBudgetSeconds: 6048,
  BudgetSecondsRemaining: 6048,
  ...more,
});
const answered = (Reports: readonly object[], Errors: readonly object[] = []) =>
  json({ Timestamp: first * 60, Reports, Errors });
const idsIn = ({ body }: Asked) => (body as { readonly SloIds: readonly string[] }).SloIds;
const block = (x: number) => ({ kind: 'blocks', blocks: [{ minute: first + 4, treatment: { n: 1, x } }] });

describe('what goes over the wire', () => {
  it('the objectives, each once, at the end of the newest minute', async () => {
    service.answer(answered([report('up'), report('fast', { Attainment: 87.5, BudgetStatus: 'BREACHED' })]));
    expect(await read({ a: attainment('up'), b: attainment(arnOf('fast')), c: attainment('up') })).toEqual({
      a: block(99.95),
      b: block(87.5),
      c: block(99.95),
    });
    expect(service.operations()).toEqual(['POST /budget-report']);
    expect(service.asked[0]?.body).toEqual({
      SloIds: ['up', arnOf('fast')],
      Timestamp: Date.parse('2025-03-10T09:05:00Z') / 1000,
    });
  });

  it('at most 50 a call', async () => {
    service.serve((asked) => answered(idsIn(asked).map((id) => report(id))));
    const checks = Object.fromEntries(
      Array.from({ length: 51 }, (_, n) => [`check-${n}`, attainment(`slo-${n}`)]),
    );
    expect(Object.values(await read(checks)).every(({ kind }) => kind === 'blocks')).toBe(true);
    expect(service.asked.map((asked) => idsIn(asked).length)).toEqual([50, 1]);
  });
});

describe('what the service cannot say', () => {
  it.each([
    ['too little data', { BudgetStatus: 'INSUFFICIENT_DATA' }],
    ['no attainment', { Attainment: undefined }],
  ])('is no block at all: %s', async (_, more) => {
    service.answer(answered([report('up', more)]));
    expect(await read({ one: attainment('up') })).toEqual({ one: { kind: 'blocks', blocks: [] } });
  });

  it.each([
    ['ResourceNotFoundException', 'query-refused'],
    ['ResourceNotFound', 'query-refused'],
    ['InternalServiceFault', 'source-failed'],
  ] as const)('%s of one objective is %s, and leaves the others', async (ErrorCode, code) => {
    const error = { Name: 'gone', Arn: arnOf('gone'), ErrorCode, ErrorMessage: 'no gone' };
    service.answer(answered([report('up')], [error]));
    expect(await read({ a: attainment('gone'), b: attainment('up') })).toEqual({
      a: unknown(code, { source, asked: 'gone', said: quoted(`${ErrorCode}: no gone`) }),
      b: block(99.95),
    });
  });

  it('neither a report nor an error', async () => {
    service.answer(answered([report('other')]));
    expect(await read({ one: attainment('up') })).toEqual({
      one: unknown('source-skipped', { source, asked: 'up' }),
    });
  });

  it('a number that is none', async () => {
    service.answer(answered([report('up', { Attainment: 'NaN' })]));
    const params = { part: 'query', value: 'NaN', at: '2025-03-10T09:04:00.000Z' };
    const odd = [{ minute: first + 4, cohort: 'treatment', fault: { code: 'not-finite', params } }];
    expect(await read({ one: attainment('up') })).toEqual({ one: { kind: 'blocks', blocks: [], odd } });
  });

  it.each<readonly [string, object, object]>([
    [
      'a report of an hour ago',
      { Timestamp: (first - 60) * 60 },
      { place: 'Timestamp', asked: '2025-03-10T09:05:00.000Z', found: '2025-03-10T08:00:00.000Z' },
    ],
    [
      'a share that is no percentage',
      { Reports: [report('up', { Attainment: 9995 })] },
      { place: 'Attainment', asked: '0–100 %', found: '9995' },
    ],
  ])('is malformed, not silence: %s', async (_, changes, params) => {
    service.answer(json({ Timestamp: first * 60, Reports: [report('up')], Errors: [], ...changes }));
    expect(await read({ one: attainment('up') })).toEqual({
      one: { kind: 'unknown', fault: { code: 'answer-to-another', params: { source, ...params } } },
    });
  });

  it('cohorts, which an objective does not tell apart', async () => {
    service.answer(answered([report('up')]));
    expect(await read({ one: attainment('up', 'control') })).toEqual({
      one: unknown('objective-without-cohorts', {}),
    });
  });

  it('a name that cannot be one costs only its own check', async () => {
    service.serve((asked) =>
      idsIn(asked).includes('?')
        ? refused('ValidationException', 400, 'SloIds: ? is no id')
        : answered(idsIn(asked).map((id) => report(id))),
    );
    expect(await read({ a: attainment('up'), b: attainment('?') })).toEqual({
      a: block(99.95),
      b: unknown('query-refused', { source, said: quoted('ValidationException: SloIds: ? is no id') }),
    });
  });

  it.each([...outages, ['refuses us', refused('AccessDeniedException', 403)] as const])(
    'a service that %s is unavailable',
    async (_, answer) => {
      service.answer(answer);
      expect(await read({ one: attainment('up') })).toMatchObject({
        one: { fault: { code: 'source-failed', params: { source } } },
      });
    },
  );

  it('a service that is down is left alone after a few looks', async () => {
    service.serve(() => refused('ThrottlingException', 429));
    const port = metrics();
    const look = () => port.read({ one: attainment('up') }, fiveMinutes, patience);
    for (let looks = 0; looks < failuresMax; looks += 1) await look();
    expect(await look()).toEqual({
      one: unknown('source-left-alone', { source, failures: failuresMax, seconds: 60 }),
    });
    expect(service.asked).toHaveLength(failuresMax);
  });
});
