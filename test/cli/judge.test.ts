/** `jalon judge`: the command as it is run, on files as people have them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeCommand } from '#cli/judge/judge.ts';
import { evidenceOf } from '#domain/judge/evidence.ts';
import { judge } from '#domain/judge/judge.ts';
import type { Series } from '#domain/judge/series.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-judge-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

async function run(
  data: string,
  more: { json?: boolean; lang?: 'en'; compare?: boolean; exposure?: number } = {},
) {
  let stdout = '';
  const io = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: () => {},
  };
  const code = await judgeCommand({ phase: 'production-10', data, lang: 'en', ...more }, io);
  return { code, stdout };
}

const from = Date.parse('2025-05-18T07:00:00Z') / 60_000;
const header = 'check,minute,nT,xT,nC,xC';
const lines = (count: number, bad: number, first = 0) =>
  Array.from({ length: count }, (_, index) => {
    const at = new Date((from + first + index) * 60_000).toISOString();
    return `error-rate,${at},100,${bad},900,${index % 2 === 0 ? 4 : 3}`;
  });
const failing = [header, ...lines(600, 0), ...lines(300, 3, 600)].join('\n');

describe('a regression', () => {
  it('is told with its value, that of the old version and what was needed; 3', async () => {
    const { code, stdout } = await run(file('failing.csv', failing));
    expect(code).toBe(3);
    expect(stdout).toMatch(/^Production 10 %, 10 % of the users, from .*09:00 to /);
    expect(stdout).toMatch(/Breach: Taux d'erreurs critiques 3 %.*proven against/);
    expect(stdout).toMatch(
      /Taux d'erreurs critiques +0\.\d+ % +0\.39 % +\S+ +267 +the new version is proven/,
    );
  });

  it('is found in JSON as in CSV', async () => {
    const rows = failing
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').slice(1))
      .map(([at = '', ...counts]) => [Date.parse(at) / 60_000, ...counts.map(Number)]);
    const json = file('failing.json', JSON.stringify({ exposure: 10, checks: { 'error-rate': rows } }));
    const [ours, theirs] = [
      await run(json, { json: true }),
      await run(file('failing.csv', failing), { json: true }),
    ];
    expect(ours).toEqual(theirs);
    expect(JSON.parse(ours.stdout)).toMatchObject({
      concluded: { verdict: 'unhealthy', reason: { cause: { params: { check: 'error-rate' } } } },
      checks: { 'error-rate': { proven: true } },
    });
  });

  it('is found again in the evidence that the API gives, revised minutes included', async () => {
    const plan = readPlanForTest('technicia');
    const blocks = (bad: number) =>
      Array.from({ length: 60 }, (_, index) => ({
        minute: from + index,
        treatment: { n: 100, x: bad },
        control: { n: 900, x: 4 },
      }));
    const look = (bad: number) => {
      const series: Series = { kind: 'blocks', blocks: blocks(bad) };
      const situation = { fromMinute: from, nowMinute: from + 60, exposure: 10, hours: 1, alpha: 0.01 };
      return evidenceOf(
        0,
        10,
        judge({}, ['error-rate'], plan.checks, { 'error-rate': series }, situation).judgements,
      );
    };
    const looks = file('looks.json', JSON.stringify({ looks: [look(0), look(5)] }));
    expect((await run(looks)).code).toBe(3);
  });
});

describe('the rules of others', () => {
  it('decide on the same data, each for itself', async () => {
    const { stdout } = await run(file('failing.csv', failing), { compare: true });
    const rows = stdout.split('\n').filter((line) => / (rolls back after|does not roll back)/.test(line));
    expect(rows.map((row) => row.trim().split(' ')[0])).toEqual([
      'Jalon',
      'Flagger',
      'Argo',
      'Kayenta',
      'CloudWatch',
      'z-test',
    ]);
    expect(rows[1]).toMatch(/rolls back after 10 h 5 min/);
  });
});

describe('what is healthy, or not over yet', () => {
  it('ends with 0 and says so', async () => {
    const { code, stdout } = await run(file('well.csv', [header, ...lines(60, 0)].join('\n')));
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('The data end before the observation does (1 h'),
    ]);
  });

  it('reads a byte order mark, blank lines and minutes as numbers', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => `error-rate,${from + index},100,0,900,4`);
    const { code } = await run(file('bom.csv', `\uFEFF${header}\n\n${rows.join('\n\n')}\n`));
    expect(code).toBe(0);
  });
});

it('a minute that cannot be is left out, and the page says so', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, index) => `error-rate,${from + index},100,${index === 30 ? 101 : 0},900,4`,
  );
  const { code, stdout } = await run(file('one-odd.csv', [header, ...rows].join('\n')));
  expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
    0,
    expect.stringMatching(/: 1 minute that cannot be is left out \(minute \d+: 101 bad events among 100\)/),
  ]);
  expect(stdout).not.toMatch(/frozen/);
});

describe('numbers that cannot be are unknown, with the reason, and never a crash', () => {
  it.each<[string, string, RegExp]>([
    [
      'more errors than requests',
      '10,11,900,4',
      /counts that cannot be \(minute \d+: 11 bad events among 10\)/,
    ],
    ['a negative count', '10,-1,900,4', /counts that cannot be/],
    ['not a number', '10,NaN,900,4', /no numbers/],
  ])('are said in the page, and the rest is judged: %s', async (_title, counts, message) => {
    const slow = Array.from({ length: 5 }, (_, index) => `chatbot-response-time,${from + index},10,8,,`);
    const data = [header, ...slow, `error-rate,${from},${counts}`].join('\n');
    expect((await run(file('odd.csv', data))).stdout.replaceAll(/\s+/g, ' ')).toMatch(message);
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      'time goes backwards',
      [`error-rate,${from + 1},10,0,90,0`, `error-rate,${from},10,0,90,0`],
      /error-rate: backwards, minute \d+ comes after/,
    ],
    ['no cohort', [`error-rate,${from},10,0,,`], /error-rate: no-cohort/],
  ])('%s, and nothing else there', async (_title, rows, message) => {
    await expect(run(file('bad.csv', [header, ...rows].join('\n')))).rejects.toThrow(message);
  });
});

describe('files that cannot be used', () => {
  it.each<[string, string, string | Uint8Array, RegExp]>([
    ['no file', '', '', /cannot be read \(ENOENT.*give a file of past measurements/],
    ['not UTF-8', 'latin.csv', new Uint8Array([0x63, 0xe9]), /latin\.csv cannot be read \(it is not UTF-8\)/],
    ['a column is missing', 'a.csv', 'check,minute,nT,xT\n', /a\.csv:1 has no column nC, xC/],
    [
      'a minute is none',
      'b.csv',
      `${header}\nerror-rate,noon,1,0,1,0`,
      /b\.csv:2: minute is "noon": an instant such as/,
    ],
    [
      'a count is a word',
      'c.csv',
      `${header}\nerror-rate,1,many,0,1,0`,
      /c\.csv:2: nT is "many": a number is needed/,
    ],
    ['a line is short', 'd.csv', `${header}\nerror-rate,1`, /d\.csv is no CSV/],
    [
      'a check of nobody',
      'e.csv',
      `${header}\nluck,1,1,0,1,0`,
      /has the check "luck": those of the bake are availability/,
    ],
    [
      'a check of another bake',
      'f.csv',
      `${header}\nresource-usage,1,1,0,,`,
      /does not look at resource-usage/,
    ],
    ['no lines', 'g.csv', header, /nothing to judge/],
    ['no JSON', 'h.json', '{', /h\.json is no JSON/],
    ['another JSON', 'i.json', '{"rows": []}', /must hold \{ "checks"/],
    ['a web page', 'j.json', '<!doctype html>', /is no JSON/],
  ])('are refused with what would be one: %s', async (_title, name, text, message) => {
    const path = name === '' ? join(folder, 'nowhere.csv') : file(name, text);
    await expect(run(path)).rejects.toThrow(message);
  });

  it('a phase that is not observed is refused with those that are', async () => {
    const data = file('well.csv', failing);
    await expect(
      judgeCommand({ phase: 'preparation', data }, { stdout: () => {}, stderr: () => {} }),
    ).rejects.toThrow(
      /--phase is "preparation": the phases of technicia that are observed are production-10, production-50/,
    );
  });
});
