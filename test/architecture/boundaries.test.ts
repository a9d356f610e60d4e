/**
 * Who may import what (`rooms.ts`), over the import statements of the tree. Biome says the same while one types
 * (`linter.test.ts`); here nothing is left out, and nothing examined is a failure.
 */
import { describe, expect, it } from 'vitest';
import { importGraph, reachedFrom, targetsOf } from '#test/support/import-graph.ts';
import { codeOf, importsIn, sourcesIn, targetOf, textOf } from '#test/support/sources.ts';
import { allows, filesOf, free, isIn, nameOf, notYet, rooms } from './rooms.ts';

describe.each(rooms.map((room) => [nameOf(room), room] as const))('%s', (_, room) => {
  const files = filesOf(room);

  it('has files to look at, and they import something', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap(targetsOf).length).toBeGreaterThan(0);
  });

  it('imports only what its row of the table allows', () => {
    const refused = files.flatMap((file) =>
      targetsOf(file)
        .filter((target) => !allows(room, target))
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

  it.each(notYet)('has no %s yet: when it has, give it its rule in rooms.ts', (folder) => {
    expect(sourcesIn(folder)).toEqual([]);
    expect(rooms.map((room) => room.folder)).not.toContain(folder);
  });

  it('has no source file without a room, and none with two', () => {
    const elsewhere = [...notYet, ...free];
    const lost = all.filter(
      (file) =>
        file.includes('/') &&
        !elsewhere.some((folder) => under(folder, file)) &&
        rooms.filter((room) => isIn(room, file)).length !== 1,
    );
    expect(lost).toEqual([]);
  });
});

describe('what people are shown', () => {
  const graph = importGraph();
  const reached = [...reachedFrom(sourcesIn('presentation'), graph)];

  it('reaches the domain, and that reaches the end of it', () => {
    expect(reached).toContain('domain/ledger/records.ts');
    expect(reached).toContain('domain/plan/calendar.ts');
  });

  it('runs in a browser: nothing that it reaches is of Node or of a package', () => {
    const outside = reached.flatMap((file) =>
      targetsOf(file)
        .filter((target) => !graph.has(target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(outside).toEqual([]);
  });
});

describe('rules, use cases and what people are shown are pure', () => {
  const files = ['domain', 'application', 'presentation'].flatMap((room) => sourcesIn(room));
  const impurities: readonly (readonly [string, RegExp])[] = [
    ['a clock', /\bDate\s*\.\s*now\b|\bperformance\s*\.|\bhrtime\b/],
    ['the date of today', /\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())|(?<!new\s)\bDate\s*\(/],
    ['chance', /\bMath\s*\.\s*random\b|\brandomUUID\b|\brandomBytes\b|\bcrypto\s*\./],
    ['the environment', /\bprocess\b|\bglobalThis\b|\bimport\s*\.\s*meta\b/],
    ['timers', /\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/],
    ['the network or the console', /\bfetch\s*\(|\bconsole\s*\./],
  ];

  it.each(impurities)('they use no %s', (_what, impurity) => {
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
  ])('finds each specifier with its names in %j', (text, expected) => {
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
  ])('says what a specifier means: %s in %s is %s', (specifier, from, target) => {
    expect(targetOf(specifier, from)).toBe(target);
  });

  it.each([
    ['domain', 'npm:zod', false],
    ['domain', 'node:crypto', false],
    ['domain', 'functions/contracts/plan.ts', false],
    ['domain', 'application/commit.ts', false],
    ['application', 'presentation/alerts.ts', false],
    ['presentation', 'application/ports/mail.ts', false],
    ['statemachines', 'npm:aws-cdk-lib', false],
    ['functions/contracts', 'npm:@aws-sdk/client-ses', false],
    ['functions/adapters', 'application/commit.ts', false],
    ['functions/adapters', 'application/ports/mail.ts', true],
    ['functions/steps', 'functions/steps/observe.ts', false],
    ['functions/steps', 'functions/api/tick-item.ts', false],
    ['functions/steps', 'functions/adapters/dynamodb/releases.ts', false],
    ['functions/steps', 'functions/runtime/powers/releases.ts', false],
    ['functions/steps', '(computed)', false],
    ['functions/runtime', 'functions/adapters/dynamodb/releases.ts', false],
    ['functions/runtime/powers', 'functions/adapters/dynamodb/releases.ts', true],
    ['rehearsal', 'npm:@aws-sdk/client-ses', false],
    ['rehearsal', 'npm:aws-cdk-lib', false],
    ['rehearsal', 'functions/adapters/dynamodb/releases.ts', false],
    ['rehearsal', 'npm:jsonata', true],
    ['cli', 'lib/service.ts', false],
    ['domain', 'domain/plan/plan.ts', true],
  ])('and the rule that %s may import %s is %s', (folder, target, expected) => {
    const room = rooms.find((one) => one.folder === folder);
    expect(room ? allows(room, target) : undefined).toBe(expected);
  });
});
