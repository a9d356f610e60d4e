/** `jalon lint` on files: YAML, schema and rules, with lines; nothing is hidden. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type LintOptions, runLint } from '#cli/lint.ts';
import { loadPlan } from '#cli/terminal/plan-argument.ts';
import { readPlan } from '#plans/plan-file.ts';
import { nearest } from '#plans/plan-keys.ts';
import { bomb } from '#test/plans/file-cases.ts';
import { inEnglish } from '#test/support/findings.ts';

const root = join(import.meta.dirname, '..', '..');
const example = readFileSync(join(root, 'plans', 'example.yaml'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'jalon-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(text: string): string {
  files += 1;
  const path = join(folder, `${files}.yaml`);
  writeFileSync(path, text);
  return path;
}

async function lintOf(path: string, options: LintOptions = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text) };
  return { code: await runLint(path, options, io), out: out.join(''), err: err.join('') };
}

const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('what the schema refuses', () => {
  it.each<[string, string, string, Record<string, unknown>]>([
    [
      'a zone that does not exist',
      'America/New_York',
      'Mars/Olympus',
      { path: 'timeZone', value: 'Mars/Olympus' },
    ],
    [
      'a launch day that is no date',
      'day: 2025-03-10',
      'day: soon',
      { path: 'launch.day', allowed: 'a date YYYY-MM-DD' },
    ],
    ['a number for a word', 'language: en', 'language: 7', { path: 'language', allowed: 'fr, en' }],
    [
      'a misspelt key',
      'timeZone:',
      'timezone:',
      { rule: 'unknown-key', path: 'timezone', fix: 'did you mean "timeZone"?' },
    ],
  ])('is found at its path and line: %s', async (_title, from, to, expected) => {
    const text = example.replace(from, to);
    expect(text).not.toBe(example);
    const { findings } = readPlan(file(text));
    const [finding] = findings.filter(({ path }) => path === expected['path']).map(inEnglish);
    expect(finding).toMatchObject({ severity: 'error', ...expected });
    expect(finding?.line).toBe(lineOf(text, to.split(' ').at(-1) ?? ''));
  });

  it.each<[string, string, string, Record<string, unknown>]>([
    [
      'a choice that is not offered',
      'kind: cloudwatch',
      'kind: cloudwach',
      { path: 'checks.failed-orders.source.kind', value: 'cloudwach', fix: 'did you mean "cloudwatch"?' },
    ],
    [
      'a kind that no step has',
      'kind: task',
      'kind: tsk',
      { allowed: 'script, message, component, task', fix: 'did you mean "task"?' },
    ],
    [
      'a choice that two shapes offer',
      'noData: { action: hold }',
      'noData: { action: hols }',
      {
        path: 'checks.failed-orders.noData.action',
        allowed: 'hold, fail, pass',
        fix: 'did you mean "hold"?',
      },
    ],
    [
      'a key that no shape has',
      'verified: { script: deploy }',
      'verified: { scrpt: deploy }',
      { rule: 'unknown-key', allowed: 'check, exposure, message, script', fix: 'did you mean "script"?' },
    ],
    [
      'a word where a shape is wanted',
      'correction: in-place',
      'correction: inplace',
      { path: 'phases[0].correction', value: 'inplace', message: 'is none of what is allowed' },
    ],
    ['an id that is none', '  operator:', '  Oper ator:', { path: 'roles.Oper ator', value: 'Oper ator' }],
    [
      'a number too high',
      'attemptsMax: 3',
      'attemptsMax: 30',
      { path: 'phases[0].attemptsMax', value: 30, allowed: 'at most 10' },
    ],
  ])('is found once, with what is allowed: %s', (_title, from, to, expected) => {
    const text = example.replace(from, to);
    const findings = readPlan(file(text)).findings.map(inEnglish);
    expect(findings).toEqual([expect.objectContaining({ severity: 'error', ...expected })]);
    // The value of an id stands on the line after it.
    const line = lineOf(text, to.trim());
    expect([line, line + 1]).toContain(findings[0]?.line);
  });

  it('a missing launch day', () => {
    const { plan, findings } = readPlan(file(example.replace(/^ {2}day: 2025-03-10\n/m, '')));
    expect(plan).toBeUndefined();
    expect(findings.map(inEnglish)).toContainEqual(
      expect.objectContaining({ path: 'launch.day', message: 'is missing', fix: 'add it' }),
    );
  });
});

describe('exit codes', () => {
  it.each<[string, string, number]>([
    ['a plan with warnings', example, 0],
    ['a plan with errors', example.replace('America/New_York', 'Mars/Olympus'), 1],
    ['text that is no YAML', 'a: [1\nb: }', 1],
    ['a key given twice', 'jalon: 1\njalon: 1\n', 1],
    ['an alias of nothing', 'a: *nothing\n', 1],
    ['an alias of nothing in a plan', 'jalon: 1\na: *nothing\n', 1],
    ['an alias of what is around it', 'jalon: 1\na: &a [*a]\n', 1],
    ['aliases that unfold without end', bomb, 1],
    ['aliases that unfold without end in a plan', `jalon: 1\n${bomb}`, 1],
    ['two documents', `${example}---\na: 1\n`, 1],
    ['an unknown tag', example.replace('title: Release', 'title: !what Release'), 0],
    ['an empty file', '', 1],
  ])('follow from the errors that a file has: %s', async (_title, text, code) =>
    expect((await lintOf(file(text))).code).toBe(code),
  );

  it('2 when there is no file, and says what to do', async () => {
    const { code, err } = await lintOf(join(folder, 'nowhere.yaml'));
    expect(code).toBe(2);
    expect(err).toMatch(/nowhere\.yaml cannot be read.*give the path of a plan file/);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['a folder', folder],
    ['a device', '/dev/zero'],
  ])('is refused with the path, also %s', async (_title, path) => {
    const { code, out, err } = await lintOf(path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/is not a file: give the path/);
  });

  it('more than a plan could be', async () => {
    const { code, err } = await lintOf(file('#'.repeat(1024 * 1024 + 1)));
    expect(code).toBe(2);
    expect(err).toMatch(/has 1048577 bytes/);
  });
});

describe('output', () => {
  it('is all there is: nothing warns beside it', async () => {
    const warned = vi.spyOn(process, 'emitWarning');
    const { code, out } = await lintOf(file(`${example}\n? [a, b]\n: 1\n`));
    expect(code).toBe(1);
    expect(out).toContain('"[ a, b ]" means nothing here (unknown-key)');
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it('shows the beginning of a long value', async () => {
    const path = file(`${example}\nextra: [${'"0123456789", '.repeat(100)}]\n`);
    const shown = /0123456789.{0,400}…/;
    expect((await lintOf(path)).out).toMatch(shown);
    const [finding]: readonly { readonly value: unknown }[] = JSON.parse(
      (await lintOf(path, { json: true })).out,
    );
    expect(finding?.value).toMatch(shown);
    expect(String(finding?.value).length).toBeLessThan(310);
  });

  it('shows a thousand findings', async () => {
    const extra = Array.from({ length: 1000 }, (_, index) => `zz${index}: 1`).join('\n');
    const { out } = await lintOf(file(`${example}\n${extra}\n`));
    expect(out.match(/^✗ error/gm)).toHaveLength(1000);
    expect(out).toMatch(/1000 errors, 0 warnings\n$/);
  });

  it('puts errors before warnings, and counts both', async () => {
    const { out } = await lintOf(file(example.replace('attemptsMax: 3', 'attemptsMax: 3\n    exposure: 5')));
    const kinds = [...out.matchAll(/^(?:✗|!) (error|warning)/gm)].map(([, kind]) => kind);
    expect(new Set(kinds)).toEqual(new Set(['error', 'warning']));
    expect(kinds).toEqual(kinds.toSorted());
    expect(out).toMatch(/^\d+ errors, \d+ warnings\n$/m);
  });

  it('is JSON when asked', async () => {
    const { out } = await lintOf(file(example), { json: true });
    expect(JSON.parse(out)).toEqual(readPlan(file(example)).findings.map(inEnglish));
  });
});

describe('the language', () => {
  const broken = example.replace('America/New_York', 'Mars/Olympus');
  const french = example.replace('language: en', 'language: fr');

  it.each<[string, string, LintOptions, RegExp]>([
    ["is the plan's: English", example, {}, /the lowest is wrong[\s\S]*\n0 errors, 2 warnings\n$/],
    [
      "is the plan's: French",
      french,
      {},
      /le plus bas ne convient pas[\s\S]*\n0 erreur, 2 avertissements\n$/,
    ],
    ['that is asked for comes first', french, { lang: 'en' }, /\n0 errors, 2 warnings\n$/],
    ['that is asked for, of the same findings', example, { lang: 'fr' }, /\n0 erreur, 2 avertissements\n$/],
    [
      'of a plan whose text is broken',
      `${french}\nz: [`,
      {},
      /ligne ; le plan qu'il contient n'a pas été examiné/,
    ],
    [
      'of a plan that does not say it',
      example.replace('language: en\n', ''),
      {},
      /\n1 errors, 0 warnings\n$/,
    ],
    ['of a refusal by the schema', broken, { lang: 'fr' }, /admis : {2}un fuseau horaire IANA tel que/],
    ['of no plan is English', 'a: 1', {}, /the file is no plan/],
    ['of no plan is the one that is asked for', 'a: 1', { lang: 'fr' }, /le fichier n'est pas un plan/],
  ])('is the one in which lint speaks %s', async (_title, text, options, said) => {
    const { out } = await lintOf(file(text), options);
    expect(out).toMatch(said);
  });

  it.each(['fr', 'en'] as const)('%s changes no exit code', async (lang) => {
    const codes = [example, broken, 'a: 1'].map(async (text) => (await lintOf(file(text), { lang })).code);
    expect(await Promise.all(codes)).toEqual([0, 1, 1]);
    const { code, err } = await lintOf(join(folder, 'nowhere.yaml'), { lang });
    expect(code).toBe(2);
    expect(err).toMatch({ fr: /ne peut pas être lu \(ce fichier/, en: /cannot be read \(there is/ }[lang]);
  });

  it('of JSON is that of its sentences; the facts are the same', async () => {
    const facts = async (lang: 'fr' | 'en') => {
      const { out } = await lintOf(file(example), { lang, json: true });
      const findings: readonly Record<string, unknown>[] = JSON.parse(out);
      return findings.map(({ message, allowed, fix, ...rest }) => ({ said: [message, allowed, fix], rest }));
    };
    const [inFrench, inEnglishToo] = [await facts('fr'), await facts('en')];
    expect(inFrench.map(({ rest }) => rest)).toEqual(inEnglishToo.map(({ rest }) => rest));
    expect(inFrench[0]?.said).not.toEqual(inEnglishToo[0]?.said);
  });

  it('of a plan that a command refuses is its own too', async () => {
    const path = file(french.replace('America/New_York', 'Mars/Olympus'));
    await expect(loadPlan(path)).rejects.toThrow(
      /^le plan .* ne peut pas servir :\n {2}timeZone : n'est pas écrit comme il faut\n« jalon lint/,
    );
    await expect(loadPlan(path, 'en')).rejects.toThrow(/cannot be used:\n {2}timeZone: is not written as/);
  });
});

describe('nearest', () => {
  it.each([
    ['timezone', 'timeZone'],
    ['launhc', 'launch'],
    ['completely-else', undefined],
  ])('is the known word that a typing mistake meant: %s -> %s', (key, expected) =>
    expect(nearest(key, ['timeZone', 'launch', 'roles'])).toBe(expected),
  );
});
