import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/ledger/facts.ts';
import { replay } from '#domain/ledger/replay.ts';
import { quoted } from '#domain/quoted.ts';
import type { AuditDocument } from '#presentation/audit-report/document.ts';
import { htmlOf } from '#presentation/audit-report/html.ts';
import { markdownOf } from '#presentation/audit-report/markdown.ts';
import { pageOf } from '#presentation/audit-report/page.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { shown } from '#presentation/words.ts';
import { technicia as plan } from '#test/rehearsal/run.ts';
import { admitted } from '#test/support/builders.ts';
import { record } from '#test/support/hashed.ts';

const p1 = { phase: 'production-10', attempt: 1 };
const texts = { fr: await textsOf('fr'), en: await textsOf('en') };

function pageAfter(language: 'fr' | 'en', ...facts: readonly Fact[]): AuditDocument {
  const by = { at: '2025-05-18T07:00:00.000Z', actor: 'user:<b>eve</b>' };
  const first = { ...admitted, launchDay: '2025-05-18' };
  const { entries } = record('r1', [first, ...facts], by);
  return pageOf({ plan, release: replay('r1', entries), entries }, language, texts[language]);
}
const approved = (comment: string): Fact => ({
  type: 'gate.approved',
  ...p1,
  role: 'qa',
  by: 'eve',
  comment: quoted(comment),
});

/** Texts that would be markup, break a table or deceive the eye. */
const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><style>*{display:none}',
  '| a | b |\n| --- | --- |',
  '[here](https://evil.example) ![x](https://evil.example/x.png)',
  '`code` **bold** _it_ ~~no~~ # title',
  'https://evil.example www.evil.example',
  '&lt;b&gt; &amp; \\| \\',
  'left\u202egnp.exe',
  'nul\u0000 bell\u0007',
];

type Element = DefaultTreeAdapterTypes.Element;
const isElement = (node: DefaultTreeAdapterTypes.Node): node is Element => 'tagName' in node;
function elementsIn(node: DefaultTreeAdapterTypes.Node): readonly Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsIn) : [];
  return isElement(node) ? [node, ...children] : children;
}
const textIn = (node: DefaultTreeAdapterTypes.Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';

describe('what somebody typed', () => {
  const clean = elementsIn(parse(htmlOf(pageAfter('fr', approved('ok')))));

  it.each(nasty)('is only text in HTML: %j', (comment) => {
    const elements = elementsIn(parse(htmlOf(pageAfter('fr', approved(comment)))));
    expect(elements.map(({ tagName }) => tagName)).toEqual(clean.map(({ tagName }) => tagName));
    const attributes = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)));
    expect(
      [...attributes].filter((name) => name.startsWith('on') || name === 'src' || name === 'href'),
    ).toEqual([]);
    const texts = elements.filter(({ tagName }) => tagName === 'td').map(textIn);
    expect(texts).toContain(`«\u00a0${shown(quoted(comment))}\u00a0»`);
  });

  it.each(nasty)('is only text in Markdown, in its own cell: %j', (comment) => {
    const markdown = markdownOf(pageAfter('en', approved(comment)));
    const row = markdown.split('\n').find((line) => line.includes('“'));
    // Five columns: six bars that no backslash stands before.
    expect(row?.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(6);
    expect(row).not.toMatch(/(?<!\\)[`*_[\]<>]/);
    expect(row).not.toMatch(/(?<!\\):\/\/|www\.|\u202e/);
  });

  it('is the name of who decided, too', () => {
    const html = htmlOf(pageAfter('en', approved('ok')));
    expect(html).toContain('&lt;b&gt;eve&lt;/b&gt;');
    expect(html).not.toContain('<b>');
  });
});

describe('the page', () => {
  const html = htmlOf(pageAfter('fr', approved('d’accord')));

  it('needs nothing from elsewhere and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<img|url\(|@import|https?:/);
    expect(html).toContain("default-src 'none'");
  });

  it('is A4 on paper, where tables repeat their heads', () => {
    expect(html).toContain('@page { size: A4;');
    expect(html).toMatch(/@media print \{[\s\S]*thead \{ display: table-header-group; \}/);
  });

  it('names the column of each cell for narrow screens', () => {
    const tables = elementsIn(parse(html)).filter(({ tagName }) => tagName === 'table');
    expect(tables.length).toBeGreaterThan(4);
    for (const table of tables) {
      const [, ...titles] = elementsIn(table)
        .filter(({ tagName, parentNode }) => tagName === 'th' && textIn(parentNode ?? table) !== '')
        .filter(({ attrs }) => attrs.some(({ value }) => value === 'col'))
        .map(textIn);
      const [row] = elementsIn(table)
        .filter(({ tagName }) => tagName === 'tbody')
        .flatMap(elementsIn)
        .filter(({ tagName }) => tagName === 'tr');
      const labels = row?.childNodes
        .filter(isElement)
        .flatMap(({ attrs }) => attrs.filter(({ name }) => name === 'data-label').map(({ value }) => value));
      expect(labels).toEqual(titles);
    }
  });

  it('binds the high punctuation of French', () => {
    expect(html).toContain('Compte rendu\u00a0: Plan');
    expect(htmlOf(pageAfter('en'))).toContain('<title>Account: Plan');
  });

  it('tells every decision with who and why, and what the system decided', () => {
    const page = pageAfter(
      'en',
      { type: 'item.waived', ...p1, item: '6.1.1', by: 'eve', reason: quoted('seen elsewhere') },
      { type: 'phase.resumed', ...p1, resolution: 'expose', comment: quoted('we know why') },
      { type: 'launch.moved', from: '2025-05-18', to: '2025-05-25', reason: quoted('a strike') },
      {
        type: 'rollback.chosen',
        ...p1,
        level: 'full',
        component: '',
        reason: { cause: { code: 'not-proven', params: { hours: 9 } } },
      },
      { type: 'access.withdrawn', from: 10, reason: quoted('users complain') },
      { type: 'decision.taken', ...p1, decision: 'abandon', by: 'ada', comment: quoted('too late') },
      { type: 'phase.ordered', ...p1, order: 'hold', by: 'eve', reason: quoted('looks odd') },
      { type: 'gate.override-asked', ...p1, criterion: '6.3.1', by: 'eve', comment: quoted('no effect') },
      { type: 'gate.overridden', ...p1, criterion: '6.3.1', by: 'bob', comment: quoted('none seen') },
      { type: 'candidate.replaced', from: '1.0.0', to: '1.0.1', reason: quoted('repaired') },
      { type: 'version.marked-bad', version: '1.0.1', reason: quoted('loses files') },
      {
        type: 'freeze.overridden',
        freeze: 'audit',
        until: '2025-05-20T10:00:00.000Z',
        reason: quoted('agreed'),
      },
      { type: 'item.unticked', ...p1, item: '6.1.1', by: 'eve', reason: quoted('not done') },
      { type: 'incident.reopened', incident: 'i-1', by: 'eve', reason: quoted('it came back') },
    );
    const markdown = markdownOf(page);
    for (const said of [
      'seen elsewhere',
      'we know why',
      'a strike',
      'not proven healthy within 9 h',
      'users complain',
      'too late',
      'looks odd',
      'no effect',
      'none seen',
      'repaired',
      'loses files',
      'agreed',
      'not done',
      'it came back',
    ])
      expect(markdown).toContain(said);
    expect(markdown).toContain('(when admitted: ');
  });

  it('leaves out a fact of a kind that nobody knows', () => {
    const unknown = { type: 'release.blessed', phase: 'production-10' } as unknown as Fact;
    const without = markdownOf(pageAfter('en', approved('ok')));
    const withIt = markdownOf(pageAfter('en', approved('ok'), unknown));
    const body = (markdown: string) => markdown.slice(0, markdown.indexOf('## Proof'));
    expect(body(withIt)).toBe(body(without));
  });
});
