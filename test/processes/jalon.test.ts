import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..');

/** The command as a shell runs it, with the node that runs the tests. */
function jalon(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/jalon.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

describe('jalon rehearse', () => {
  it('tells the timeline, ends with 0 and writes nothing else', () => {
    const { status, stdout, stderr } = jalon('rehearse', 'example', '--users', '200');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('Launch (section 2)');
    expect(stdout).toContain('Release completed');
    expect(stdout).not.toContain('\u001b');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  it('ends with 3 when the release was rolled back', () => {
    const { status, stdout } = jalon('rehearse', '--scenario', 'error-rate-at-10', '--users', '200');
    expect(status).toBe(3);
    expect(stdout).toContain('Déploiement annulé : retour arrière complet');
  });

  it('prints one JSON document, up to the phase that was asked for', () => {
    const { status, stdout } = jalon(
      'rehearse',
      '--json',
      '--until',
      'user-tests',
      '--users',
      '50',
      '--seed',
      '7',
    );
    expect(status).toBe(0);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      format: 1,
      asked: { scenario: null, seed: 7, users: 50 },
      outcome: 'active',
      stoppedAtPhase: 'user-tests',
      release: { product: 'technicia', launchDay: '2025-05-18' },
    });
    expect(Object.keys(document ?? {})).toEqual(
      expect.arrayContaining(['phases', 'messages', 'metrics', 'incidents', 'bill', 'entries', 'notices']),
    );
    expect(document).not.toHaveProperty('world');
  });
});

describe('bad input ends with 2, saying what is allowed', () => {
  it.each([
    [['rehearse', '--sceanrio', 'x'], /unknown option '--sceanrio'[\s\S]*--scenario/],
    [['rehearse', '--scenario', 'flood'], /--scenario is "flood": the scenarios are .*error-rate-at-10/],
    [
      ['rehearse', 'example', '--scenario', 'error-rate-at-10'],
      /speaks of .*, which the plan of demo-shop does not have/,
    ],
    [['rehearse', '--until', 'beta'], /--until is "beta": the phases of technicia are preparation, /],
    [['rehearse', '--users', '-1'], /--users is "-1": it must be a whole number from 0 to 1000000/],
    [['rehearse', 'nowhere'], /there is no plan "nowhere": the plans are example, technicia/],
    [['rehearse', './nowhere.yaml'], /nowhere\.yaml/],
    [['lint', 'example', '--lang', 'de'], /--lang is "de": it must be one of fr, en/],
    [['graph', '--machine', 'coffee'], /--machine is "coffee": it must be one of release, escalation/],
    [
      ['deploy'],
      /unknown command 'deploy'[\s\S]*rehearse, lint, graph, asl, judge, audience, mail, report, ledger, scenarios/,
    ],
    [['audience', 'export'], /unknown command 'export'[\s\S]*The commands are import, erase/],
    [['audience', 'import', './nowhere.csv', '--dry-run'], /there is no file \.\/nowhere\.csv/],
    [
      ['audience', 'import', 'package.json', '--dry-run'],
      /the name must end with \.csv, \.jsonl or \.ndjson/,
    ],
    [['audience', 'erase', 'u-1'], /write where: --stage production, or --table/],
  ])('refuses the words %j, and prints nothing else', (args, message) => {
    const { status, stdout, stderr } = jalon(...args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('jalon lint', () => {
  it.each([
    [['lint', 'example', '--lang', 'fr'], 0, /\n0 erreur, 2 avertissements\n$/],
    [['lint', 'technicia'], 0, /\n0 erreur, 18 avertissements\n$/],
    [['lint', 'technicia', '--lang', 'en'], 0, /\n0 errors, 18 warnings\n$/],
    [['lint', './package.json', '--lang', 'fr'], 1, /le fichier n'est pas un plan/],
  ])('says in its language what it found: %j', (args, code, said) => {
    const { status, stdout, stderr } = jalon(...args);
    expect(stdout).toMatch(said);
    expect(stderr).toBe('');
    expect(status).toBe(code);
  });
});

describe('jalon graph, asl and scenarios', () => {
  it('print what they are asked for', () => {
    expect(jalon('graph', '--machine', 'escalation').stdout).toMatch(/^flowchart TD\n/);
    const definition: unknown = JSON.parse(jalon('asl', 'example').stdout);
    expect(definition).toMatchObject({ QueryLanguage: 'JSONata', StartAt: 'Admit release' });
    expect(JSON.stringify(definition)).toMatch(/"FunctionName":"\$\{pass-gate\}"/);
    expect(jalon('scenarios').stdout).toMatch(/^everything-well +Tout va bien$/m);
  });
});

it('started by its first line, as npx does, runs in the memory of npm start', () => {
  const options = "process.on('exit', () => process.stderr.write(process.execArgv.join(' ')))";
  const { status, stdout, stderr } = spawnSync(join(root, 'cli', 'jalon.ts'), ['scenarios'], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(options)}`,
    },
  });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/^--max-semi-space-size=\d+$/),
  });
  expect(stdout).toMatch(/^everything-well +Tout va bien$/m);
  expect(manifest.scripts.start).toBe(`node ${stderr} cli/jalon.ts rehearse`);
});
