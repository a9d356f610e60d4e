/**
 * Who may import what: the table of section 3 of the design, over the import statements of the tree. Biome says the same
 * while one types (`biome.json`, overrides); here nothing is left out, and nothing examined is a failure.
 */
import { describe, expect, it } from 'vitest';
import { codeOf, importsIn, sourcesIn, targetOf, textOf } from '#test/support/sources.ts';

/** What may be imported: a folder (with what is below it), a file, `node:*`, or `npm:` and a package; `npm:` is any. */
interface Rule {
  readonly folder: string;
  readonly may: readonly string[];
  readonly never?: readonly string[];
}

const sdk = ['npm:@aws-sdk/', 'npm:@smithy/', 'npm:aws-sdk'];
const cdk = ['npm:aws-cdk-lib', 'npm:@aws-cdk/', 'npm:constructs', 'npm:cdk-nag'];
/** An entry point never knows another one. */
const entryPoint = ['functions/contracts/', 'functions/runtime/', 'domain/', 'npm:zod'];

const rules: readonly Rule[] = [
  { folder: 'domain', may: ['domain/'] },
  { folder: 'statemachines', may: ['statemachines/', 'domain/'] },
  { folder: 'functions/contracts', may: ['functions/contracts/', 'domain/', 'npm:zod', 'npm:csv-parse'] },
  {
    folder: 'functions/runtime',
    may: [
      'functions/runtime/',
      'functions/contracts/',
      'functions/adapters/',
      'domain/',
      'npm:@middy/',
      'npm:zod',
      'npm:@aws-lambda-powertools/',
      'node:',
    ],
  },
  {
    folder: 'functions/adapters',
    may: [
      'functions/adapters/',
      'functions/contracts/',
      'domain/',
      'npm:@aws-sdk/',
      'npm:@smithy/signature-v4',
      'npm:@jmespath-community/jmespath',
      'npm:nodemailer',
      'npm:zod',
      'node:crypto',
    ],
  },
  { folder: 'functions/steps', may: entryPoint },
  { folder: 'functions/events', may: entryPoint },
  // The description of the API is served as it was committed.
  { folder: 'functions/api', may: [...entryPoint, 'docs/openapi.json'] },
  {
    folder: 'functions/http',
    may: ['functions/http/', 'functions/api/', ...entryPoint, 'npm:@middy/http-router', 'node:crypto'],
  },
  { folder: 'functions/pages', may: ['functions/pages/', ...entryPoint, 'node:crypto'] },
  // The list of all entry points; nothing else may know them all.
  {
    folder: 'functions/catalogue.ts',
    may: ['functions/steps/', 'functions/events/', 'functions/api/', 'functions/http/', 'functions/pages/'],
  },
  {
    folder: 'rehearsal',
    may: [
      'rehearsal/',
      'domain/',
      'statemachines/',
      'functions/',
      'mails/library.ts',
      'plans/',
      'node:',
      'npm:',
    ],
    never: [...sdk, ...cdk, 'functions/adapters/'],
  },
  {
    folder: 'cli',
    may: [
      'cli/',
      'package.json',
      'mails/library.ts',
      'plans/',
      'rehearsal/',
      'domain/',
      'statemachines/',
      'functions/',
      'node:',
      'npm:',
    ],
    never: [...sdk, ...cdk, 'functions/adapters/'],
  },
  {
    folder: 'plans',
    may: ['plans/', 'domain/', 'functions/contracts/', 'mails/library.ts', 'npm:yaml', 'npm:zod', 'node:fs'],
  },
  { folder: 'mails', may: ['mails/', 'domain/', 'npm:mjml', 'npm:mustache', 'node:fs', 'node:path'] },
  {
    folder: 'lib',
    may: [
      'lib/',
      'domain/',
      'statemachines/',
      // What exists and what it needs, by name; and plain data: the keys of the tables, what a template may hold.
      'functions/catalogue.ts',
      'functions/http/gateway.ts',
      'functions/runtime/definition.ts',
      'functions/adapters/metrics/template.ts',
      'functions/adapters/table-keys.ts',
      'functions/adapters/uploads-folders.ts',
      'mails/library.ts',
      'npm:aws-cdk-lib',
      'npm:constructs',
      'npm:@jmespath-community/jmespath',
      'npm:esbuild',
      'npm:zod',
      'node:',
    ],
  },
  { folder: 'bin', may: ['lib/', 'domain/', 'plans/', 'npm:aws-cdk-lib', 'npm:cdk-nag', 'node:path'] },
];

/** Folders of the design that do not exist yet. When one appears it takes its row of the design into `rules`. */
const notYet = ['web'];
/** Not part of what runs: these may import anything. */
const free = ['test', 'bench'];

const begins = (target: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => target.startsWith(prefix));
const allows = ({ may, never = [] }: Rule, target: string) => begins(target, may) && !begins(target, never);
const filesOf = ({ folder }: Rule) => (folder.endsWith('.ts') ? [folder] : sourcesIn(folder));

describe.each(rules)('$folder', (rule) => {
  const files = filesOf(rule);

  it('has files to look at, and they import something', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => importsIn(textOf(file))).length).toBeGreaterThan(0);
  });

  it(`imports only ${rule.may.join(', ')}`, () => {
    const refused = files.flatMap((file) =>
      importsIn(textOf(file))
        .map(({ specifier }) => targetOf(specifier, file))
        .filter((target) => !allows(rule, target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(refused).toEqual([]);
  });
});

describe('the tree', () => {
  const all = sourcesIn('.');
  const under = (folder: string, file: string) => file === folder || file.startsWith(`${folder}/`);

  it('is where this test thinks it is', () => {
    expect(all.length).toBeGreaterThan(50);
    expect(all).toContain('test/architecture/boundaries.test.ts');
  });

  it.each(notYet)('has no %s yet: when it has, give it its rule above', (folder) => {
    expect(sourcesIn(folder)).toEqual([]);
    expect(rules.map((rule) => rule.folder)).not.toContain(folder);
  });

  it('has no source file without a rule', () => {
    const known = [...rules.map(({ folder }) => folder), ...notYet, ...free];
    const lost = all.filter((file) => file.includes('/') && !known.some((folder) => under(folder, file)));
    expect(lost).toEqual([]);
  });
});

describe('the domain is pure', () => {
  const files = sourcesIn('domain');
  const impurities: readonly (readonly [string, RegExp])[] = [
    ['a clock', /\bDate\s*\.\s*now\b|\bperformance\s*\.|\bhrtime\b/],
    ['the date of today', /\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())|(?<!new\s)\bDate\s*\(/],
    ['chance', /\bMath\s*\.\s*random\b|\brandomUUID\b|\brandomBytes\b|\bcrypto\s*\./],
    ['the environment', /\bprocess\b|\bglobalThis\b|\bimport\s*\.\s*meta\b/],
    ['timers', /\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/],
    ['the network or the console', /\bfetch\s*\(|\bconsole\s*\./],
  ];

  it.each(impurities)('it uses no %s', (_what, impurity) => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => impurity.test(codeOf(textOf(file))))).toEqual([]);
  });

  it.each([
    ['a clock', 'const a = Date.now();'],
    ['the date of today', 'const a = new Date();'],
    ['the date of today', 'const a = new Date;'],
    ['the date of today', 'const a = [Date()];'],
    ['chance', 'const a = Math.random();'],
    ['the environment', "const a = process.env['A'];"],
    ['timers', 'setTimeout(f, 1);'],
    ['the network or the console', 'console.log(1);'],
  ])('and %s would be seen in: %s', (what, code) => {
    const impurity = impurities.find(([name]) => name === what)?.[1];
    expect(impurity?.test(codeOf(code))).toBe(true);
  });

  it.each([
    'const a = new Date(0);',
    'const a = new Date(utcMs(day)).getUTCDay();',
    'const a = Date.parse(day);',
    '// not Date.now()',
    "const text = 'Math.random() and process';",
    'const rollback = reprocess(a);',
  ])('and nothing is seen in: %s', (code) => {
    expect(impurities.filter(([, impurity]) => impurity.test(codeOf(code)))).toEqual([]);
  });
});

describe('reading imports', () => {
  it.each<[string, readonly string[]]>([
    ["import { a } from './a.ts';", ['./a.ts: a']],
    ["import type { A } from './a.ts';", ['./a.ts: A']],
    ["import { type A, b as c } from './a.ts';", ['./a.ts: A b']],
    ["import {\n  a,\n  b,\n} from './a.ts';", ['./a.ts: a b']],
    ["import * as z from 'zod';", ['zod: *']],
    ["import type * as z from 'zod';", ['zod: *']],
    ["import middy, { core } from '@middy/core';", ['@middy/core: core *']],
    ['import a from "./a.ts"', ['./a.ts: *']],
    ["import './effects.ts';", ['./effects.ts: ']],
    ["export { a } from './a.ts';", ['./a.ts: a']],
    ["export * from './a.ts';", ['./a.ts: *']],
    ["const a = await import('./a.ts');", ['./a.ts: *']],
    ["type A = import('./a.ts').A;", ['./a.ts: *']],
    ["const a = require('./a.ts');", ['./a.ts: *']],
    ['const a = await import(path);', ['(computed): *']],
    ['const a = await import(`./$' + '{path}.ts`);', ['(computed): *']],
    ["export const a = 1;\nimport { b } from './b.ts';", ['./b.ts: b']],
    ["// import { a } from './a.ts';", []],
    ["/* import { a } from './a.ts'; */ import './b.ts';", ['./b.ts: ']],
    ["const url = 'https://a.example'; import './b.ts';", ['./b.ts: ']],
    ["const quote = /['\"]/; import './b.ts';", ['./b.ts: ']],
    ['const here = import.meta.dirname;', []],
    ['export const from = 1;', []],
  ])('%j', (text, expected) => {
    expect(importsIn(text).map(({ specifier, names }) => `${specifier}: ${names.join(' ')}`)).toEqual(
      expected,
    );
  });

  it.each([
    ['#domain/plan.ts', 'statemachines/names.ts', 'domain/plan.ts'],
    ['./plan.ts', 'domain/gate.ts', 'domain/plan.ts'],
    ['../plan.ts', 'domain/conduct/gate.ts', 'domain/plan.ts'],
    ['../functions/api/tick-item.ts', 'domain/gate.ts', 'functions/api/tick-item.ts'],
    ['zod', 'domain/gate.ts', 'npm:zod'],
    ['@aws-sdk/client-ses/deep', 'domain/gate.ts', 'npm:@aws-sdk/client-ses'],
    ['node:crypto', 'domain/gate.ts', 'node:crypto'],
    ['(computed)', 'domain/gate.ts', '(computed)'],
  ])('%s in %s is %s', (specifier, from, target) => {
    expect(targetOf(specifier, from)).toBe(target);
  });

  it.each([
    ['domain', 'npm:zod', false],
    ['domain', 'node:crypto', false],
    ['domain', 'functions/contracts/plan.ts', false],
    ['statemachines', 'npm:aws-cdk-lib', false],
    ['functions/contracts', 'npm:@aws-sdk/client-ses', false],
    ['functions/steps', 'functions/steps/observe.ts', false],
    ['functions/steps', 'functions/api/tick-item.ts', false],
    ['functions/steps', 'functions/adapters/releases.ts', false],
    ['functions/steps', '(computed)', false],
    ['rehearsal', 'npm:@aws-sdk/client-ses', false],
    ['rehearsal', 'npm:aws-cdk-lib', false],
    ['rehearsal', 'functions/adapters/releases.ts', false],
    ['rehearsal', 'npm:jsonata', true],
    ['domain', 'domain/plan.ts', true],
  ])('%s may import %s: %s', (folder, target, expected) => {
    const rule = rules.find((one) => one.folder === folder);
    expect(rule ? allows(rule, target) : undefined).toBe(expected);
  });
});
