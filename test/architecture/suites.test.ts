/** Tests that take long are run on every change, and every test is run by one command or another. */
import { describe, expect, inject, it } from 'vitest';
import { sourcesIn, textOf } from '#test/support/sources.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly suites: readonly string[];
  }
}

const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Record<string, string> };
const steps = textOf('.ci/run');

describe.each(inject('suites'))('the suite %s', (suite) => {
  it('has a folder with tests, and a script of its name', () => {
    expect(sourcesIn(`test/${suite}`).some((file) => file.endsWith('.test.ts'))).toBe(true);
    expect(scripts[`test:${suite}`]).toBe(`vitest run --project ${suite}`);
  });

  it('is a step of continuous integration', () => {
    expect(steps).toMatch(new RegExp(`^step '[^']+' npm run test:${suite} --silent$`, 'm'));
  });
});

describe('what continuous integration runs', () => {
  const outside = Object.keys(scripts).filter((name) => /^(?:test|bench):/.test(name));

  it('is every script for tests and benchmarks', () => {
    expect(outside.length).toBeGreaterThan(10);
    expect(outside.filter((name) => !steps.includes(`npm run ${name} `))).toEqual([]);
    expect(steps).toMatch(/^step '[^']+' npm test$/m);
  });
});
