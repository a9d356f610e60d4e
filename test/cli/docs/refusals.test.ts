import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examples } from '#cli/docs/refusals/examples.ts';
import { withRefusals } from '#cli/docs/refusals/page.ts';
import { errorNames } from '#domain/errors.ts';

const page = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'reference', 'refusals.md'),
  'utf8',
);

describe('docs/reference/refusals.md', () => {
  it('has the tables that node cli/docs/generate.ts writes', () => {
    expect(withRefusals(page)).toBe(page);
    expect(() => withRefusals('# What is refused')).toThrow(/no table between/);
  });

  it('has a table for each error, in the order of the errors, and one for what HTTP explains', () => {
    expect(Object.keys(examples)).toEqual([...errorNames, 'about:blank']);
  });

  it('says of each code when it comes, once', () => {
    const whens = Object.values(examples).flatMap((ofType) =>
      Object.values<{ readonly when: string }>(ofType).map(({ when }) => when),
    );
    expect(whens.filter((when) => when.trim().length < 10)).toEqual([]);
    const repeated = whens.filter((when, at) => whens.indexOf(when) !== at);
    // One code has two types: the API answers it by its status, a served rehearsal by an error.
    expect(repeated).toEqual([examples['about:blank']['body-too-long'].when]);
  });
});
