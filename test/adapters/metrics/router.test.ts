import { describe, expect, it } from 'vitest';
import type { Series } from '#domain/judge/series.ts';
import type { Check } from '#domain/plan/plan.ts';
import type { MinuteRange } from '#functions/adapters/metrics/minutes.ts';
import type { Provider } from '#functions/adapters/metrics/provider.ts';
import { type RouterSettings, routedMetrics } from '#functions/adapters/metrics/router.ts';
import { unknown } from '#functions/adapters/metrics/unknown.ts';
import { checkOf, first } from './checks.ts';

const fromMs = first * 60_000;
const minutes = (count: number) => ({ fromMs, toMs: fromMs + count * 60_000 });
const of = (kind: Check['source']['kind']) => checkOf('value', { kind, query: kind });
/** Answers with what it was asked. */
const echo = (asked: [readonly string[], MinuteRange][] = []): Provider => ({
  async read(checks, minutes) {
    asked.push([Object.keys(checks), minutes]);
    return Object.fromEntries(
      Object.keys(checks).map((id): [string, Series] => [id, { kind: 'blocks', blocks: [{ minute: 1 }] }]),
    );
  },
});
const read = (
  providers: RouterSettings['providers'],
  checks: Readonly<Record<string, Check>>,
  window = minutes(5),
) => routedMetrics({ providers, lagMinutes: 2 }).read(checks, window);

describe('the router', () => {
  it('hands each check to the provider of its source, with the minutes that are old enough', async () => {
    const cloudwatch: [readonly string[], MinuteRange][] = [];
    const http: [readonly string[], MinuteRange][] = [];
    const series = await read(
      { cloudwatch: echo(cloudwatch), http: echo(http) },
      { a: of('cloudwatch'), b: of('http'), c: of('cloudwatch') },
    );
    expect(Object.keys(series).toSorted()).toEqual(['a', 'b', 'c']);
    expect(cloudwatch).toEqual([[['a', 'c'], { first, end: first + 3 }]]);
    expect(http).toEqual([[['b'], { first, end: first + 3 }]]);
  });

  it.each([
    ['prometheus', unknown('provider-missing', { kind: 'prometheus', setting: 'metrics.prometheus' })],
    ['http', unknown('provider-missing', { kind: 'http', setting: 'metrics.apis' })],
    ['application-signals', unknown('provider-missing', { kind: 'application-signals', setting: 'metrics' })],
    ['jalon', unknown('not-measured', {})],
  ] as const)('a check of %s without one is unknown, and says what to set', async (kind, why) => {
    expect(await read({ cloudwatch: echo() }, { a: of(kind), b: of('cloudwatch') })).toEqual({
      a: why,
      b: { kind: 'blocks', blocks: [{ minute: 1 }] },
    });
  });

  it('a provider that throws costs its own checks, and says nothing but a name', async () => {
    const broken: Provider = { read: () => Promise.reject(new TypeError('token abc')) };
    expect(
      await read({ prometheus: broken, cloudwatch: echo() }, { a: of('prometheus'), b: of('cloudwatch') }),
    ).toEqual({
      a: unknown('provider-failed', { error: 'TypeError' }),
      b: { kind: 'blocks', blocks: [{ minute: 1 }] },
    });
  });

  it('asks nobody for minutes that are all too young, nor for more than a week', async () => {
    const asked: [readonly string[], MinuteRange][] = [];
    const providers = { cloudwatch: echo(asked) };
    const checks = { a: of('cloudwatch') };
    expect(await read(providers, checks, minutes(2))).toEqual({ a: { kind: 'blocks', blocks: [] } });
    expect(await read(providers, checks, minutes(10_083))).toEqual({
      a: unknown('window-too-long', {
        minutes: 10_081,
        from: new Date(first * 60_000).toISOString(),
        minutesMax: 10_080,
      }),
    });
    expect(asked).toEqual([]);
    expect(await read(providers, checks, minutes(10_082))).toMatchObject({ a: { kind: 'blocks' } });
  });

  it('no checks are no questions', async () => {
    expect(await read({}, {})).toEqual({});
  });
});
