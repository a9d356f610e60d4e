/** The small pieces under the providers: windows, templates, names in PromQL, redaction, the breaker. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aloneMs, circuit, failuresMax } from '#functions/adapters/circuit.ts';
import { fewAtOnce } from '#functions/adapters/metrics/at-once.ts';
import { saidMax } from '#functions/adapters/metrics/limits.ts';
import { countOf, minutesOf } from '#functions/adapters/metrics/minutes.ts';
import { metricNamesIn } from '#functions/adapters/metrics/promql-names.ts';
import { redacted } from '#functions/adapters/metrics/redaction.ts';
import { filled, inAddress, inJson, namesIn } from '#functions/adapters/metrics/template.ts';

describe('minutes', () => {
  const at = (text: string) => Date.parse(`2025-03-10T${text}Z`);
  it('are whole, inside the window, and old enough', () => {
    const minutes = minutesOf({ fromMs: at('09:00:30'), toMs: at('09:07:31') }, 2);
    expect(minutes).toEqual({ first: at('09:01:00') / 60_000, end: at('09:05:00') / 60_000 });
    expect(countOf(minutes)).toBe(4);
  });

  it('are none in a window that is all too young', () => {
    expect(countOf(minutesOf({ fromMs: at('09:00:00'), toMs: at('09:01:00') }, 2))).toBe(0);
  });
});

describe('names in PromQL', () => {
  it.each<[string, readonly string[]]>([
    ['up', ['up']],
    ['sum by (cohort) (increase(http_requests_total{status=~"5.."}[1m]))', ['http_requests_total']],
    [
      '100 * sum(rate(a_total[5m])) / sum without (pod, le) (rate(b:total5m[5m] offset 1h))',
      ['a_total', 'b:total5m'],
    ],
    ['a and on (x) group_left (y) b unless c or vector(0)', ['a', 'b', 'c']],
    ['histogram_quantile(0.9, sum by (le) (rate(x_bucket[1m])))', ['x_bucket']],
    ['{__name__=~"a.*"}', []],
    ['label_replace(a, "b", "$1", "c", "(d).*") # e', ['a']],
    ['a > bool 1e3 and b != NaN and c < Inf', ['a', 'b', 'c']],
    ['topk(5, a) @ start() + avg_over_time(b[5m:1m])', ['a', 'b']],
    ["a{b='c{d}'} + a", ['a']],
    ['', []],
  ])('are those of metrics and nothing else: %s', (query, names) => {
    expect(metricNamesIn(query)).toEqual(names);
  });
});

describe('templates', () => {
  it('are filled once, each value encoded for its place', () => {
    const values = { query: 'sum:a{b:"{{to}}"} & c', to: '5' };
    expect(filled('https://x.example/q?q={{query}}&to={{ to }}', values, inAddress)).toBe(
      'https://x.example/q?q=sum%3Aa%7Bb%3A%22%7B%7Bto%7D%7D%22%7D%20%26%20c&to=5',
    );
    expect(JSON.parse(filled('{"q":"{{query}}","to":{{to}}}', values, inJson))).toEqual({
      q: 'sum:a{b:"{{to}}"} & c',
      to: 5,
    });
  });

  it('any text comes back from an address and from JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (query) => {
        const url = new URL(filled('https://x.example/?q={{query}}&z=1', { query }, inAddress));
        expect(url.searchParams.get('q')).toBe(query);
        expect(url.searchParams.get('z')).toBe('1');
        expect(JSON.parse(filled('{"q":"{{query}}"}', { query }, inJson))).toEqual({ q: query });
      }),
    );
  });

  it('keep names that have no value, and say which they hold', () => {
    expect(filled('{{constructor}} {{other}}', { query: 'x' }, inJson)).toBe('{{constructor}} {{other}}');
    expect(namesIn('{{query}} {{ to }} {{a-b}} {x}')).toEqual(['query', 'to', 'a-b']);
  });
});

describe('redaction', () => {
  const secret = 'to/ken "é" +1';
  it.each<[string, string]>([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ secret })],
    ['in JSON with slashes escaped', JSON.stringify({ secret }).replaceAll('/', '\\/')],
    ['in an address', encodeURIComponent(secret)],
    ['in a form', new URLSearchParams({ secret }).toString()],
    ['in Base64', Buffer.from(secret).toString('base64')],
  ])('finds a secret %s', (_, text) => {
    const clean = redacted(`before ${text} after`, [secret]);
    expect(clean).toContain('***');
    expect(clean).not.toMatch(/ken|%C3%A9|dG8va2Vu/);
  });

  it('leaves no end of a secret that another one begins with, and no secret at the cut', () => {
    expect(redacted('abcdef', ['abc', 'abcdef'])).toBe('***');
    expect(redacted(`${'x'.repeat(saidMax - 3)}${secret}`, [secret])).not.toContain('to/');
  });

  it('is one short line', () => {
    expect(redacted('a\r\nb\u0000\tc', [''])).toBe('a b c');
    expect(redacted('x'.repeat(1000), [])).toHaveLength(saidMax + 1);
  });
});

describe('the breaker', () => {
  it('leaves a provider alone after failures in a row, then lets one call try', () => {
    let nowMs = 0;
    const breaker = circuit({ nowMs: () => nowMs });
    for (let failures = 0; failures < failuresMax; failures += 1) {
      expect(breaker.isClosed()).toBe(true);
      breaker.failed();
    }
    expect(breaker.isClosed()).toBe(false);
    nowMs += aloneMs;
    expect([breaker.isClosed(), breaker.isClosed()]).toEqual([true, false]);
    breaker.failed();
    nowMs += aloneMs - 1;
    expect(breaker.isClosed()).toBe(false);
    nowMs += 1;
    expect(breaker.isClosed()).toBe(true);
    breaker.worked();
    expect([breaker.isClosed(), breaker.isClosed()]).toEqual([true, true]);
  });

  it('forgets failures between which something worked', () => {
    const breaker = circuit({ nowMs: () => 0 });
    for (let times = 0; times < 3 * failuresMax; times += 1) {
      breaker.failed();
      if (times % 2 === 0) breaker.worked();
    }
    expect(breaker.isClosed()).toBe(true);
  });
});

it('a few at once: all are called, results in order', async () => {
  let now = 0;
  let most = 0;
  const results = await fewAtOnce([...Array(20).keys()], async (one) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, (one * 7) % 5));
    now -= 1;
    return one * 2;
  });
  expect(results).toEqual([...Array(20).keys()].map((one) => one * 2));
  expect(most).toBe(4);
});
