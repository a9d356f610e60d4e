/** Test files share their modules and their process: none may leave anything behind for the next, nor judge by real time. */
import { describe, expect, it } from 'vitest';
import { codeOf, sourcesIn, textOf } from '#test/support/sources.ts';

/** What stays when a file has ended, and what takes it back in the same file, where anything does. */
const leftovers: readonly (readonly [what: string, left: RegExp, undone?: RegExp])[] = [
  ['another module', /\bvi\s*\.\s*(?:do)?[mM]ock\s*\(/],
  ['another global', /\bvi\s*\.\s*stubGlobal\b|\bglobalThis\s*(?:\.\s*\w+|\[[^\]]*\])\s*=(?!=)/],
  ['another working directory', /\bprocess\s*\.\s*chdir\b/],
  ['another exit code', /\bprocess\s*\.\s*exitCode\s*=(?!=)/],
  ['another environment', /\bprocess\s*\.\s*env\s*(?:\.\s*\w+|\[[^\]]*\])\s*=(?!=)|\bdelete\s+process\b/],
  ['a stubbed environment', /\bvi\s*\.\s*stubEnv\b/, /\bvi\s*\.\s*unstubAllEnvs\b/],
  ['timers that stand still', /\bvi\s*\.\s*useFakeTimers\b/, /\bvi\s*\.\s*useRealTimers\b/],
];
const realTime = /\bperformance\s*\.\s*now\b|\bhrtime\b|\bconsole\s*\.\s*time/;

const leaves = (code: string) =>
  leftovers.flatMap(([what, left, undone]) => (left.test(code) && !undone?.test(code) ? [what] : []));

/** Not run beside others: programs, and what speaks to other people's programs. */
const alone = [
  'test/contract/',
  'test/document/compare.ts',
  'test/emulator/',
  'test/integration/dynamodb/',
  'test/integration/prometheus/',
  'test/oracle/',
  'test/architecture/closed-sets.ts',
  'test/scenarios/storm.ts',
];
const files = sourcesIn('test').filter((file) => !alone.some((path) => file.startsWith(path)));
const codes = files.map((file) => ({ file, code: codeOf(textOf(file)) }));

describe('a test file', () => {
  it('leaves nothing behind in the process that it shares', () => {
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.flatMap(({ file, code }) => leaves(code).map((what) => `${file} leaves ${what}`))).toEqual(
      [],
    );
  });

  it('measures no real time, which says how busy the machine is', () => {
    expect(codes.filter(({ code }) => realTime.test(code)).map(({ file }) => file)).toEqual([]);
  });

  it.each([
    ['another module', "vi.mock('./a.ts');"],
    ['another module', "vi.doMock('./a.ts');"],
    ['another global', "vi.stubGlobal('fetch', f);"],
    ['another global', 'globalThis.fetch = f;'],
    ['another global', "globalThis['fetch'] = f;"],
    ['another working directory', "process.chdir('/');"],
    ['another exit code', 'process.exitCode = 1;'],
    ['another environment', "process.env['A'] = 'b';"],
    ['another environment', "delete process.env['A'];"],
    ['a stubbed environment', "vi.stubEnv('A', 'b');"],
    ['timers that stand still', 'vi.useFakeTimers();'],
  ])('would be seen to leave %s behind by %s', (what, code) => {
    expect(leaves(codeOf(code))).toEqual([what]);
  });

  it.each([
    "vi.stubEnv('A', 'b'); afterAll(() => vi.unstubAllEnvs());",
    'vi.useFakeTimers(); afterEach(() => vi.useRealTimers());',
    "expect(process.env['A']).toBe('b');",
    'const same = process.exitCode === 1;',
    "// vi.mock('./a.ts')",
  ])('is not said to leave anything behind by %s', (code) => {
    expect(leaves(codeOf(code))).toEqual([]);
  });
});
