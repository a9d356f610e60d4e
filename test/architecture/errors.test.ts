import { describe, expect, it } from 'vitest';
import * as errors from '#domain/errors.ts';
import { sentenceOf } from '#test/support/refusals.ts';
import { codeOf, textOf, withoutComments } from '#test/support/sources.ts';

/** Names as the classes say them, read from the source: what a bundler cannot change. */
const source = withoutComments(textOf('domain/errors.ts'));
const literals = [
  ...source.matchAll(/class (\w+) extends Refusing<'(\w+)'> \{\s*override readonly name = '(\w+)';/g),
].map(([, className, refusals, literal]) => ({ className, refusals, literal }));
const known: readonly string[] = [...errors.errorNames, ...errors.terminalErrors];

/** Heading and text of each error in the catalogue. */
const sections = textOf('docs/reference/errors.md')
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const [heading = '', ...text] = section.split('\n');
    return { heading: heading.replaceAll('`', '').trim(), text: text.join('\n').split(/^## /m)[0] ?? '' };
  });

describe('errorNames', () => {
  it('are the literal names of the classes, in their order', () => {
    expect(literals.length).toBeGreaterThan(0);
    expect(literals.map(({ literal }) => literal)).toEqual([...errors.errorNames]);
  });

  it('are what the classes are called', () => {
    expect(literals.map(({ className }) => className)).toEqual(literals.map(({ literal }) => literal));
  });

  it('are those whose refusals the classes take', () => {
    expect(literals.map(({ refusals }) => refusals)).toEqual(literals.map(({ literal }) => literal));
  });

  it('leave no exported class out', () => {
    const classes = Object.entries(errors).filter(([, value]) => typeof value === 'function');
    expect(classes.map(([name]) => name).sort()).toEqual(['JalonError', ...errors.errorNames].sort());
    const declared = [...codeOf(textOf('domain/errors.ts')).matchAll(/\bclass (\w+)/g)].map(
      ([, name = '']) => name,
    );
    const bases = ['JalonError', 'Refusing'];
    expect(declared.filter((name) => !bases.includes(name))).toEqual([...errors.errorNames]);
  });

  it('and the terminal errors have no name twice', () => {
    expect(known.filter((name, index) => known.indexOf(name) !== index)).toEqual([]);
  });
});

describe('an error', () => {
  it.each<[string, Error, string]>([
    ['ReleaseNotFound', new errors.ReleaseNotFound('r1'), 'there is no release "r1"'],
    [
      'ReleaseExists',
      new errors.ReleaseExists({
        code: 'release-of-another-execution',
        params: { release: 'r1', execution: 'arn:eve' },
      }),
      '"r1" exists already and is conducted by arn:eve',
    ],
    ['ProductBusy', new errors.ProductBusy('demo', 'r1'), '"demo" is being released by "r1"'],
    [
      'LaunchDayPast',
      new errors.LaunchDayPast('2025-03-09', '2025-03-10'),
      '2025-03-09 is in the past (today is 2025-03-10)',
    ],
    [
      'LaunchDayImpossible',
      new errors.LaunchDayImpossible('2099-03-09', '2025-03-10', '2025-12-01'),
      'give a day from 2025-03-10 to 2025-12-01',
    ],
    ['LedgerConflict', new errors.LedgerConflict('r1', 7), '"r1" has moved on since sequence number 7'],
    ['WaitClosed', new errors.WaitClosed('TaskTimedOut'), 'no longer waits'],
    [
      'InvalidInput',
      new errors.InvalidInput({ code: 'no-such-role', params: { role: 'x', known: ['y'] } }),
      'role "x" is not in the plan: it has y',
    ],
  ])('%s carries its name and says what is wrong, with which value', (name, error, text) => {
    expect(error).toBeInstanceOf(errors.JalonError);
    expect(error.name).toBe(name);
    expect(sentenceOf(error)).toContain(text);
  });

  it('has its code and parameters as message, for logs', () => {
    expect(new errors.LaunchDayPast('2025-03-09', '2025-03-10').message).toBe(
      'launch-day-past {"launchDay":"2025-03-09","today":"2025-03-10"}',
    );
  });

  it('of a wait keeps what AWS said', () => {
    const cause = new Error('TaskTimedOut');
    expect(new errors.WaitClosed(cause).cause).toBe(cause);
  });
});

describe('docs/reference/errors.md', () => {
  it('describes every error, and only errors that exist, in the order of the code', () => {
    expect(sections.map(({ heading }) => heading)).toEqual(known);
  });

  it.each(sections)('says of $heading when it comes and what to do', ({ text }) => {
    const [, when = '', toDo = ''] = /\*\*When:\*\*([\s\S]+)\*\*What to do:\*\*([\s\S]+)/.exec(text) ?? [];
    expect(when.trim().length).toBeGreaterThan(20);
    expect(toDo.trim().length).toBeGreaterThan(20);
  });

  it('names in backticks only errors, log codes and things of the code', () => {
    const likeErrors = [
      ...textOf('docs/reference/errors.md').matchAll(/`((?:Release\.|Escalation\.)?[A-Z][a-z]+[A-Z]\w+)`/g),
    ];
    const others = ['ErrorEquals'];
    const unknown = likeErrors
      .map(([, name = '']) => name)
      .filter((name) => ![...known, ...others].includes(name));
    expect(likeErrors.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  });
});
