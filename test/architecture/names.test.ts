/** The name of an exported type means one thing in the whole product: whoever finds it by its name has found it. */
import { describe, expect, it } from 'vitest';
import { codeOf, sourcesIn, textOf } from '#test/support/sources.ts';

const typesIn = (source: string): readonly string[] =>
  [...codeOf(source).matchAll(/^export (?:abstract )?(?:type|interface|class) (\w+)/gm)].map(
    ([, name = '']) => name,
  );

const product = sourcesIn('.').filter((file) => !/^(?:test|bench)\//.test(file));
const exported = product.flatMap((file) => typesIn(textOf(file)).map((name) => ({ name, file })));
const byName = Map.groupBy(exported, ({ name }) => name);

describe('the name of an exported type', () => {
  it('is defined in one file', () => {
    expect(exported.length).toBeGreaterThan(500);
    const twice = [...byName].filter(([, places]) => places.length > 1);
    expect(twice.map(([name, places]) => `${name}: ${places.map(({ file }) => file).join(', ')}`)).toEqual(
      [],
    );
  });

  it.each<[string, readonly string[]]>([
    ['export interface Page {\n}', ['Page']],
    ['export type Page = 1;\nexport class Row {}\nexport abstract class Base {}', ['Page', 'Row', 'Base']],
    ["export type { Page } from './page.ts';\ninterface Row {}\n// export type Cell = 1;", []],
  ])('is read where the type is defined, not where it is passed on: %j', (source, names) => {
    expect(typesIn(source)).toEqual(names);
  });
});
