/** From a template and a release to the mail that one person reads. */

import { describe, expect, it } from 'vitest';
import { say } from '#domain/coded.ts';
import type { Misuse } from '#domain/lint/file-findings.ts';
import type { Template, TemplatePart, Translations } from '#domain/mailing/template.ts';
import { messageOf } from '#domain/plan/message-dates.ts';
import { quoted } from '#domain/quoted.ts';
import { templatesFor } from '#mails/library.ts';
import { kindOf, writerOf } from '#presentation/mail/letter.ts';
import { render } from '#presentation/mail/render.ts';
import { misuses } from '#presentation/mail/template-check.ts';
import { typeset } from '#presentation/mail/typography.ts';
import { mailShapes } from '#presentation/mail/variables.ts';
import { englishTemplates } from '#presentation/messages/findings/file.english.ts';
import { releaseAfter } from '#test/support/builders.ts';
import { readPlanForTest } from '#test/support/plans.ts';

const plan = readPlanForTest('technicia');
const noon = Date.parse('2025-05-18T10:00:00Z');
const opened = (to: number) =>
  releaseAfter(
    { type: 'launch.moved', from: '2025-03-10', to: '2025-05-18', reason: quoted('') },
    { type: 'exposure.changed', phase: 'production-10', attempt: 1, from: 0, to },
  );
const writer = async (id: string, release = opened(100), nowMs = noon) =>
  writerOf({
    plan,
    message: messageOf(plan, id),
    release,
    nowMs,
    translations: await templatesFor(plan).of(id),
  });

const only = (...html: readonly TemplatePart[]): Translations => ({
  en: { subject: ['S'], html, text: html },
});
const news = {
  product: 'P',
  version: '1',
  subject: 'S',
  content: 'C',
  launchDay: '',
  productUrl: undefined,
  guideUrl: undefined,
  trainingUrl: undefined,
  supportUrl: undefined,
  surveyUrl: undefined,
  problemUrl: undefined,
  unsubscribeUrl: undefined,
};

describe('rendering', () => {
  it('escapes a variable in HTML and leaves it as it is in the text', () => {
    const { html, text } = render(only({ value: 'content' }), { ...news, content: '<b onclick="x">&' }, 'en');
    expect(html).toBe('&lt;b onclick=&quot;x&quot;&gt;&amp;');
    expect(text).toBe('<b onclick="x">&');
  });

  it.each(['Hello\r\nBcc: eve@example.org', 'Hello\u2028Bcc: x', 'a\u0000b'])(
    'a subject is one line, whatever %j a variable holds',
    (content) => {
      const template: Template = { subject: [{ value: 'content' }], html: [], text: [] };
      const { subject } = render({ en: template }, { ...news, content }, 'en');
      expect(subject).not.toMatch(/\p{Cc}|\u2028/u);
    },
  );

  it('writes a section once for each entry, once for what is there, and not for what is absent', () => {
    const parts: readonly TemplatePart[] = [
      { section: 'features', parts: ['-', { value: '.' }] },
      { section: 'reduced', parts: ['!'] },
      { unless: 'reduced', parts: ['?'] },
      { section: 'guideUrl', parts: [{ link: 'guideUrl' }] },
    ];
    const notice = { ...news, features: ['a', 'b'], reduced: true };
    expect(render(only(...parts), notice, 'en').text).toBe('-a-b!');
    expect(render(only(...parts), { ...notice, features: [], reduced: false }, 'en').text).toBe('?');
    const guided = { ...notice, guideUrl: 'https://g.example/?a=1&b=2' };
    expect(render(only(...parts), guided, 'en').html).toBe('-a-b!https://g.example/?a=1&amp;b=2');
  });

  it('throws for what there is no variable for, rather than to send a hole', () => {
    expect(() => render(only({ value: 'nom' }), news, 'en')).toThrow('"nom"');
    expect(() => render({}, news, 'fr')).toThrow('"fr"');
  });
});

const inEnglish = (misuse: Misuse) =>
  say(englishTemplates, {
    code: 'misuse',
    params: { message: 'launch', locale: 'en', part: 'text', misuse },
  });

describe('misuse', () => {
  const wrong: readonly (readonly [string, TemplatePart, string])[] = [
    ['a variable that there is not', { value: 'prenom' }, 'there is no variable "prenom"'],
    ['one of another kind of mail', { value: 'phaseFrom' }, 'there is no variable "phaseFrom"'],
    ['one that every object has', { value: 'constructor' }, 'there is no variable "constructor"'],
    ['a link as a text', { value: 'guideUrl' }, '"guideUrl" is a link, used as a text'],
    ['a text as a link', { link: 'product' }, '"product" is a text, used as a link'],
    ['a link that may be absent', { link: 'guideUrl' }, '"guideUrl" may be absent'],
    [
      'a link in the section of another',
      { section: 'supportUrl', parts: [{ link: 'guideUrl' }] },
      'may be absent',
    ],
    ['a section on what is always there', { section: 'product', parts: [] }, 'it opens no section'],
  ];
  it.each(wrong)('is found in a template: %s', (_, part, sentence) => {
    const said = misuses([part], mailShapes.news).map((one) => inEnglish(one));
    expect(said).toEqual([expect.stringContaining(sentence)]);
  });

  it('is not what a template may do', () => {
    const parts: readonly TemplatePart[] = [
      { value: 'product' },
      { section: 'guideUrl', parts: [{ link: 'guideUrl' }, { value: 'version' }] },
      { unless: 'guideUrl', parts: ['none'] },
    ];
    expect(misuses(parts, mailShapes.news)).toEqual([]);
    expect(misuses([{ section: 'features', parts: [{ value: '.' }] }], mailShapes.notice)).toEqual([]);
  });
});

describe('typography', () => {
  it.each([
    ["C'est l'été : 50 % !", 'C’est l’été\u00a0: 50\u00a0%\u00a0!', 'fr'],
    ['« Bonjour »', '«\u00a0Bonjour\u00a0»', 'fr'],
    ["It's 50% : done", 'It’s 50% : done', 'en'],
    ["rock 'n' roll", "rock 'n' roll", 'en'],
    ["L'", 'L’', 'fr'],
  ] as const)('%j is set as %j', (text, set, locale) => {
    expect(typeset(text, locale)).toBe(set);
  });
});

describe('a letter', () => {
  it.each([
    ['pilots-invitation', 'invitation'],
    ['launch', 'access'],
    ['tips-21', 'access'],
    ['emergency', 'notice'],
  ])('%s is of the kind %s', (id, kind) => {
    expect(kindOf(messageOf(plan, id))).toBe(kind);
  });

  it('goes in the language its reader has, or in the plan’s', async () => {
    const write = await writer('full-launch');
    expect(write('en').text).toContain('since 18 May 2025');
    expect(write('fr').text).toContain('depuis le 18 mai 2025');
    expect(write(undefined).text).toBe(write('fr').text);
  });

  it('gives each reader their own links, and those without them no empty ones', async () => {
    const write = await writer('launch');
    const mine = write('fr', { surveyUrl: 'https://p.example/s/1?a=1&b=2' });
    const yours = write('fr', { surveyUrl: 'https://p.example/s/2' });
    expect(mine.text).toContain('https://p.example/s/1?a=1&b=2');
    expect(mine.html).toContain('href="https://p.example/s/1?a=1&amp;b=2"');
    expect(yours.text).not.toContain('/s/1');
    expect(write('fr').text).not.toMatch(/https?:|urn:/);
    expect(write('fr').html).not.toContain('urn:jalon');
  });

  it('keeps a link as it is, whatever signs are special to a replacement', async () => {
    const write = await writer('launch');
    expect(write('fr', { problemUrl: 'https://p.example/$&$1$$' }).text).toContain(
      'https://p.example/$&$1$$',
    );
  });

  it('invites to days that move with the launch, and says so when they are over', async () => {
    const before = await writer('pilots-invitation', opened(0), Date.parse('2025-04-20T08:00:00Z'));
    expect(before('fr').text).toContain('LE CALENDRIER');
    const after = await writer('pilots-invitation', opened(0), Date.parse('2025-05-16T08:00:00Z'));
    expect(after('fr').text).toContain('OÙ NOUS EN SOMMES');
  });

  it('names what is reduced, in the language in which the plan names it', async () => {
    const release = releaseAfter({ type: 'component.switched', component: 'ocr', state: 'limited' });
    const write = await writer('degraded-notice', release);
    const [feature = ''] = plan.components['ocr']?.features ?? [];
    expect(write('fr').text).toContain(typeset(feature, 'fr'));
    expect(write('en').text).not.toContain(feature);
  });
});
