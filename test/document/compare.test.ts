/** The comparison itself: a document that the plan does not match must not pass, whatever is wrong with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PlanSchema } from '#functions/contracts/plan.ts';
import { compare, rowCount } from './compare.ts';
import { parseMarkdown } from './markdown.ts';

const plan = PlanSchema.parse(
  parse(readFileSync(join(import.meta.dirname, '..', '..', 'plans', 'example.yaml'), 'utf8')),
);

const small = `# Release plan of the demo shop

> Dernière mise à jour : 3 février 2025
> État : Example

## 1. Build
### 1.1. Before the launch

- [ ] The end-to-end tests pass
- [ ] The support team has seen the new checkout

## 2. Launch
### 2.1. The launch

- [ ] The version is deployed
- [ ] A quarter of the shoppers see the new checkout

| ID | Risque | Probabilité | Impact | Gravité |
|----|--------|-------------|--------|---------|
| R1 | The payment provider answers slowly | Medium | High | High |
`;

const linesFor = (document: string): readonly string[] => compare(parseMarkdown(document), plan).lines;
const textFor = (document: string): string => linesFor(document).join('\n');

describe('what is equal', () => {
  it.each(['3 header facts', '4 checklist items', '1 risks'])(
    'is counted in a line of its own: %s',
    (kind) => {
      expect(linesFor(small)).toContain(`ok   ${kind}`);
    },
  );
});

describe('what is not', () => {
  it.each([
    ['another text', ['tests pass', 'tests fail'], '1.1.1: differs'],
    [
      'an item too many in the document',
      ['deployed\n', 'deployed\n- [ ] New\n'],
      '2.1.3: missing from the plan',
    ],
    [
      'an item too few in the document',
      ['- [ ] The version is deployed\n', ''],
      '2.1.2: not in the document',
    ],
    ['another section', ['### 2.1.', '### 2.2.'], '2.2.1: missing from the plan'],
    ['another title of a section', ['Before the launch', 'Before'], '1.1.1: differs'],
    ['another day', ['3 février', '4 février'], 'revision day: differs'],
    ['a cell', ['| Medium |', '| Low |'], 'R1: differs'],
    ['a table that nobody knows', ['Gravité', 'Poids'], 'not examined: table of 2.1'],
    ['a bullet that nobody knows', ['| ID', '- a bullet\n\n| ID'], 'not examined: bullet of 2.1: a bullet'],
  ] as const)('is named with its place, whichever it is: %s', (_, [before, after], expected) => {
    expect(small).toContain(before);
    expect(textFor(small)).not.toContain(expected);
    expect(textFor(small.replace(before, after))).toContain(expected);
  });

  it('items in another order', () => {
    const phases = plan.phases.map((phase) => ({
      ...phase,
      checklists: phase.checklists.map((list) => ({ ...list, items: list.items.toReversed() })),
    }));
    const { lines } = compare(parseMarkdown(small), { ...plan, phases });
    expect(lines.join('\n')).toContain('order in build: the document has 1.1.1 where the plan has 1.1.2');
  });

  it('a kind of row of which the document has none', () => {
    expect(textFor(small)).toContain(
      'FAIL 0 rollback steps\n  the document has no such rows: nothing examined',
    );
  });
});

it('sees that a document has no rows', () => {
  expect(rowCount(parseMarkdown(small))).toBe(5);
  expect(rowCount(parseMarkdown('# A title\n\nProse.\n'))).toBe(0);
});
