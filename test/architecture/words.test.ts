/** The words of the design are those of the code: each stands in it as a name. */
import { describe, expect, it } from 'vitest';
import { codeOf, sourcesIn, textOf } from '#test/support/sources.ts';

const glossary = textOf('docs/why/design.md').split('## Words')[1]?.split('\n## ')[0] ?? '';
/** `launch day (J)` has one word; `observation (bake)` two. */
const words = [...glossary.matchAll(/^\| ([^|]+) \|/gm)]
  .flatMap(([, cell = '']) => cell.split(/[,()]/))
  .map((word) => word.trim())
  .filter((word) => word.length > 1 && !/^(?:word|-+)$/.test(word));

const code = ['domain', 'application', 'functions', 'statemachines', 'rehearsal']
  .flatMap((room) => sourcesIn(room))
  .map((file) => codeOf(textOf(file)))
  .join('\n');

/** As a name of its own or a part of one: `launchDay`, `LaunchDay`; with a plural. */
const isName = (word: string) => {
  const camel = word.replaceAll(/\W(\w)/g, (_, letter: string) => letter.toUpperCase());
  const pascal = `${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
  return new RegExp(`(?:\\b${camel}|${pascal})(?![a-z])|(?:\\b${camel}|${pascal})(?:s|es)\\b`).test(code);
};

describe('the glossary', () => {
  it('has no word that no name in the code has', () => {
    expect(words.length).toBeGreaterThan(40);
    expect(words.filter((word) => !isName(word))).toEqual([]);
  });

  it('says each word in one row', () => {
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it.each([
    'bake',
    'gate',
    'hold',
    'exposure',
    'cohort',
    'ledger',
    'fact',
    'settle',
    'epoch',
    'freeze window',
  ])('keeps the word that everybody uses: %s', (word) => {
    expect(words).toContain(word);
  });

  it('would be seen to have a word of nobody', () => {
    expect(isName('quorum of elders')).toBe(false);
  });
});
