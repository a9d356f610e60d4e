/** Everything that lint can find is found in some case, and is said in both languages, each in its own words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { anomalies, type Misuse } from '#domain/lint/file-findings.ts';
import { error, type Finding } from '#domain/lint/finding.ts';
import { lint } from '#domain/lint/lint.ts';
import type { TemplatePart } from '#domain/mailing/template.ts';
import { readPlan } from '#plans/plan-file.ts';
import { misuses } from '#presentation/mail/template-check.ts';
import { mailShapes } from '#presentation/mail/variables.ts';
import { english } from '#presentation/messages/findings/english.ts';
import { type LintTexts, sayFinding } from '#presentation/messages/findings/finding-texts.ts';
import { french } from '#presentation/messages/findings/french.ts';
import { changed } from '#test/domain/lint/changed-plan.ts';
import { messageCases, planCases } from '#test/domain/lint/plan-cases.ts';
import { fileCases } from '#test/plans/file-cases.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-findings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const findingsIn = (text: string): readonly Finding[] => {
  const path = join(folder, 'plan.yaml');
  writeFileSync(path, text);
  return readPlan(path).findings;
};

/** A file that is read takes longer than all that is said of it: each is read once. */
const filed = fileCases.map(([rule, title, text]) => [rule, title, findingsIn(text)] as const);

const badParts: readonly TemplatePart[] = [
  { value: 'prenom' },
  { value: 'guideUrl' },
  { link: 'product' },
  { value: 'reduced' },
  { value: 'features' },
  { link: 'guideUrl' },
  { section: 'product', parts: [] },
];
const inTemplate = (misuse: Misuse): Finding =>
  error('mail-template', {
    path: 'messages[0]',
    value: 'launch',
    params: {
      problem: { code: 'misuse', params: { message: 'launch', locale: 'en', part: 'subject', misuse } },
    },
  });

const raised: readonly Finding[] = [
  ...[changed(), ...planCases.map(([, , ...changes]) => changed(...changes))].flatMap(lint),
  ...messageCases.map(([, , , ...changes]) => changed(...changes)).flatMap(lint),
  ...filed.flatMap(([, , findings]) => findings),
  ...misuses(badParts, mailShapes.notice).map(inTemplate),
];
/** Not every anomaly of YAML has a case: some need a file that no person writes. */
const unclear = anomalies.map((anomaly) =>
  error('yaml', { path: '', value: { column: 1 }, params: { anomaly } }),
);
const all = [...raised, ...unclear];

describe('a case', () => {
  it.each(filed)('raises its own rule %s: %s', (rule, _title, findings) => {
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  it('raises every rule', () => {
    const rules = new Set(raised.map(({ rule }) => rule));
    expect(Object.keys(english.findings).filter((rule) => !new Set<string>(rules).has(rule))).toEqual([]);
  });

  it('raises every reason why an item would never be ticked, and every misuse of a template', () => {
    const codesIn = (value: unknown): readonly string[] => {
      if (typeof value !== 'object' || value === null) return [];
      const own = 'code' in value && typeof value.code === 'string' ? [value.code] : [];
      return [...own, ...Object.values(value).flatMap(codesIn)];
    };
    expect([...new Set(raised.flatMap(({ params }) => codesIn(params)))].toSorted()).toEqual([
      'all',
      'any',
      'bound',
      'exposure-not-given',
      'form',
      'kind',
      'may-be-absent',
      'member',
      'message-after-phase',
      'message-waits-for-exposure',
      'message-waits-for-phase',
      'message-without-date',
      'messages-after-checklist',
      'misuse',
      'no-template',
      'one-of',
      'opens-no-section',
      'script-not-always',
      'unknown-variable',
      'used-as-another',
      'users-after-checklist',
    ]);
  });
});

/** The only words that both languages may use. */
const shared = new Set([
  // Keys and values of a plan file, as one writes them; commands, files and formats.
  ...[
    'action',
    'approval',
    'approvals',
    'audience',
    'badpercent',
    'certify',
    'check',
    'compare',
    'component',
  ],
  ...[
    'control',
    'exposure',
    'exposuremin',
    'fail',
    'guard',
    'hold',
    'in',
    'person',
    'perminute',
    'rate',
    'roles',
  ],
  ...['rollback', 'script', 'text', 'told', 'true', 'value', 'http', 'mails', 'metrics', 'npm', 'run'],
  ...['hh', 'iana', 'jalon', 'mm', 'yaml', 'aws', 'systems', 'manager', 'europe', 'paris'],
  // Words of both.
  ...[
    'acceptable',
    'alias',
    'cadence',
    'checklist',
    'contact',
    'correction',
    'date',
    'dates',
    'document',
    'format',
  ],
  ...[
    'incident',
    'mail',
    'message',
    'messages',
    'moments',
    'pause',
    'phase',
    'phases',
    'place',
    'plan',
    'planning',
  ],
  ...['section', 'silence', 'variable', 'variables', 'version'],
]);

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** The words of a language: what is said of all findings, without what comes from the plan and without names of pages. */
const wordsOf = (texts: LintTexts): ReadonlySet<string> =>
  new Set(
    all.flatMap((finding) => {
      const said = Object.values(sayFinding(texts, finding))
        .join('\n')
        .replaceAll(/docs\/\S+\.md/g, ' ');
      const data = textsIn(finding.params).toSorted((a, b) => b.length - a.length);
      const own = data.reduce((rest, one) => (one === '' ? rest : rest.replaceAll(one, ' ')), said);
      return own.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
    }),
  );

describe('a finding is said', () => {
  it.each([
    ['English', english],
    ['French', french],
  ])('in %s: what is wrong, what is allowed, what to do', (_language, texts) => {
    const silent = all.filter((finding) => {
      const { message, allowed, fix } = sayFinding(texts, finding);
      return [message, allowed, fix].some((text) => text.trim() === '' || /undefined|\[object/.test(text));
    });
    expect(silent).toEqual([]);
  });

  it('in French without a word of English, and the other way round', () => {
    const inFrench = wordsOf(french);
    expect(inFrench.size).toBeGreaterThan(300);
    const both = [...wordsOf(english)].filter((word) => inFrench.has(word));
    expect(both.filter((word) => !shared.has(word))).toEqual([]);
  });

  it.each([
    ['check', 'mesure'],
    ['role', 'rôle'],
    ['component', 'composant'],
  ] as const)('in French with the word for a %s: %s', (kind, word) => {
    const { message, allowed, fix } = french.findings['unknown-reference']({ kind, id: 'x', known: [] });
    for (const text of [message, allowed, fix]) expect(text).toContain(word);
  });

  it('with the signs of quotation of each language', () => {
    const quotes = (texts: LintTexts) =>
      all.map((finding) => Object.values(sayFinding(texts, finding)).join(' ')).join('\n');
    expect(quotes(english)).not.toMatch(/[«»]/);
    expect(quotes(french)).not.toMatch(/(?<![:{] )"(?!\w+")/);
  });
});
