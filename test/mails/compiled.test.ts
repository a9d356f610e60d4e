/** The templates as they are sent: compiled from what people write, whole, light, and readable by any mail program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Template, TemplatePart } from '#domain/mailing/template.ts';
import { reportTemplate, templatesChecked, templatesOf } from '#mails/library.ts';
import { compileSet, fileOf, setNames } from '#mails/sources.ts';
import { templateProblems } from '#presentation/mail/template-check.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { root } from '#test/support/sources.ts';

const technicia = readPlanForTest('technicia');
const every = Object.entries(templatesOf(technicia)).flatMap(([message, translations]) =>
  Object.entries(translations).map(([locale, template]) => ({ name: `${message}.${locale}`, template })),
);

/** All text that stands in it, whatever the variables are. */
const textIn = (parts: readonly TemplatePart[]): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'parts' in part ? textIn(part.parts) : '…';
    })
    .join('');
const parts = ({ subject, html, text }: Template) => ({
  subject: textIn(subject),
  html: textIn(html),
  text: textIn(text),
});

describe.each(setNames())('the set %s', (set) => {
  it('is compiled from its sources: `npm run mails`', async () => {
    const stored = readFileSync(join(root, 'mails', 'compiled', `${set}.json`), 'utf8');
    expect(stored).toBe(fileOf(await compileSet(set)));
  });
});

describe('a plan', () => {
  it.each(['technicia', 'example'] as const)(
    '%s has a template for each message, with variables that there are',
    (name) => {
      const plan = readPlanForTest(name);
      expect(templateProblems(plan, templatesOf(plan))).toEqual([]);
      expect(Object.keys(templatesChecked(plan)).toSorted()).toEqual(
        plan.messages.map(({ id }) => id).toSorted(),
      );
    },
  );

  it('of Technicia is written in French and in English; reports too', () => {
    for (const translations of [...Object.values(templatesOf(technicia)), reportTemplate()]) {
      expect(Object.keys(translations).toSorted()).toEqual(['en', 'fr']);
    }
  });

  it('whose message has no template is not deployed', () => {
    const [message] = technicia.messages;
    if (!message) throw new Error('the plan has no messages');
    const plan = { ...technicia, messages: [...technicia.messages, { ...message, id: 'forgotten' }] };
    expect(() => templatesChecked(plan)).toThrow('the message "forgotten" has no template');
  });
});

describe.each(every)('$name', ({ template }) => {
  const { html, text } = parts(template);

  it('fetches nothing and runs nothing', () => {
    expect(html).not.toMatch(/<(?:img|script|link|iframe|object|form|svg)\b/i);
    expect(html).not.toMatch(/url\(|@import|@font-face|\bon\w+=/i);
  });

  it('is small enough to be shown whole', () => {
    // Gmail cuts a message at 102 kB.
    expect(Buffer.byteLength(html)).toBeLessThan(60_000);
  });

  it('has a text of its own, without tags and with the same links', () => {
    expect(text).not.toMatch(/<[a-z]/i);
    const links = (of: readonly TemplatePart[]): string[] =>
      of.flatMap((part) => {
        if (typeof part === 'string') return [];
        if ('link' in part) return [part.link];
        return 'parts' in part ? links(part.parts) : [];
      });
    expect(new Set(links(template.text))).toEqual(new Set(links(template.html)));
  });
});

it('French texts have their accents, bent apostrophes and bound punctuation', () => {
  for (const { name, template } of every.filter(({ name }) => name.endsWith('.fr'))) {
    const { html, text } = parts(template);
    const seen = html.replaceAll(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]*>/g, '');
    for (const written of [seen, text]) {
      expect(written, name).not.toMatch(/\p{L}'\p{L}/u);
      expect(written, name).not.toMatch(/ [:;!?»]/);
      expect(written, name).toMatch(/[éèàç]/);
    }
  }
});
