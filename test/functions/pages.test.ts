/** The public pages as a reader, a link scanner and somebody with bad intentions meet them. */

import { createHash } from 'node:crypto';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { Ports } from '#application/ports/ports.ts';
import { problems } from '#domain/audience/feedback.ts';
import { type LinkPurpose, linkFor } from '#domain/mailing/links.ts';
import type { HttpResponse } from '#functions/contracts/http.ts';
import { publicPages } from '#functions/pages/public-pages.ts';
import { handlerOf } from '#functions/runtime/handler.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { eventOf } from '#rehearsal/gateway.ts';
import { MemoryFeedbackStore, SimulatedLinks } from '#rehearsal/world/feedback.ts';
import { personOf } from '#test/support/hashed.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { busy as unanswered } from '#test/support/refusals.ts';

const plan = readPlanForTest('technicia');
const startMs = Date.parse('2025-05-18T09:00:00Z');
const person = personOf('ada');
const about = { releaseId: 'r1', message: 'launch', person };
const pathOf = { survey: '/s', problem: '/p', unsubscribe: '/u' } as const;

function bench(changes: Partial<Ports> = {}) {
  const links = new SimulatedLinks('k');
  const feedback = new MemoryFeedbackStore();
  const preferences: string[] = [];
  const logged: unknown[] = [];
  let nowMs = startMs;
  const keep = (word: string) => async (one: string) => void preferences.push(`${word} ${one}`);
  const ports = {
    plan,
    links,
    feedback,
    clock: { nowMs: () => nowMs },
    preferences: { optOut: keep('out'), optIn: keep('in') },
    log: { write: (...entry: readonly unknown[]) => void logged.push(entry) },
    sha256,
    sayRefusal,
    ...changes,
  };
  const later = (ms: number) => {
    nowMs += ms;
  };
  const handler = handlerOf(publicPages, ports as unknown as Ports);
  const tokenOf = async (purpose: LinkPurpose, message = 'launch') =>
    new URL(await links.make(linkFor(purpose, { ...about, message }, startMs))).searchParams.get('t') ?? '';
  const visit = async (
    purpose: LinkPurpose,
    form?: Readonly<Record<string, string>> | string,
    { token, language = 'fr', message }: { token?: string; language?: string; message?: string } = {},
  ) => {
    const t = token ?? (await tokenOf(purpose, message));
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    return (await handler(
      eventOf({
        method: form === undefined ? 'GET' : 'POST',
        path: pathOf[purpose],
        query: new URLSearchParams({ t }),
        headers: { 'accept-language': language },
        ...(form === undefined ? {} : { body }),
      }),
    )) as HttpResponse;
  };
  return { visit, tokenOf, feedback, preferences, logged, later };
}

type Node = DefaultTreeAdapterTypes.Node;
const elementsOf = (node: Node): readonly DefaultTreeAdapterTypes.Element[] => {
  const below = 'childNodes' in node ? node.childNodes.flatMap(elementsOf) : [];
  return 'tagName' in node ? [node, ...below] : below;
};
const attribute = (element: DefaultTreeAdapterTypes.Element, name: string) =>
  element.attrs.find((one) => one.name === name)?.value;
function documentOf({ body }: HttpResponse) {
  const mistakes: string[] = [];
  const elements = elementsOf(
    parse(body, { sourceCodeLocationInfo: true, onParseError: ({ code }) => void mistakes.push(code) }),
  );
  const all = (tag: string) => elements.filter(({ tagName }) => tagName === tag);
  return { mistakes, elements, all };
}

describe('every page', () => {
  const cases: readonly (readonly [string, LinkPurpose, Record<string, string> | undefined])[] = [
    ['the survey', 'survey', undefined],
    ['its thanks', 'survey', { satisfaction: '5' }],
    ['its mistake', 'survey', {}],
    ['a problem', 'problem', undefined],
    ['a problem without words', 'problem', { text: '' }],
    ['announcements to end', 'unsubscribe', undefined],
    ['announcements ended', 'unsubscribe', { 'List-Unsubscribe': 'One-Click' }],
  ];
  it.each(cases)('%s is a whole document that anybody can use', async (_, purpose, form) => {
    const { visit } = bench();
    for (const language of ['fr', 'en']) {
      const { mistakes, all, elements } = documentOf(await visit(purpose, form, { language }));
      expect(mistakes).toEqual([]);
      expect(all('html').map((one) => attribute(one, 'lang'))).toEqual([language]);
      expect(all('h1')).toHaveLength(1);
      expect(all('main')).toHaveLength(1);
      expect(all('meta').map((one) => attribute(one, 'name'))).toContain('viewport');
      // Works without script, and fetches nothing.
      for (const tag of ['script', 'link', 'img', 'iframe']) expect(all(tag)).toEqual([]);
      const named = all('label').map((one) => attribute(one, 'for'));
      for (const field of all('textarea')) expect(named).toContain(attribute(field, 'id'));
      for (const radio of all('input')) expect(radio.parentNode).toMatchObject({ tagName: 'label' });
      expect(all('fieldset')).toHaveLength(all('legend').length);
      const ids = elements.flatMap((one) => attribute(one, 'id') ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const one of elements) {
        const described = attribute(one, 'aria-describedby');
        if (described !== undefined) expect(ids).toContain(described);
      }
    }
  });

  it('keeps itself to itself', async () => {
    const { headers, body } = await bench().visit('survey');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const [, css = ''] = /<style>(.*?)<\/style>/s.exec(body) ?? [];
    const hash = createHash('sha256').update(css).digest('base64');
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  });

  it('speaks the first language of the reader that it knows, else the plan’s', async () => {
    const { visit } = bench();
    for (const [language, lang] of [
      ['en-GB,fr;q=0.5', 'en'],
      ['de, fr', 'fr'],
      ['de', 'fr'],
      ['', 'fr'],
      ['*', 'fr'],
    ] as const)
      expect((await visit('survey', undefined, { language })).body).toContain(`<html lang="${lang}">`);
  });
});

describe('a survey', () => {
  it('changes nothing by being looked at, as scanners of links do', async () => {
    const { visit, feedback, preferences } = bench();
    for (const purpose of ['survey', 'problem', 'unsubscribe'] as const)
      expect((await visit(purpose)).statusCode).toBe(200);
    expect(feedback.writes).toBe(0);
    expect(preferences).toEqual([]);
  });

  it('keeps answers, shows them again, and lets them be changed', async () => {
    const { visit, feedback } = bench();
    expect((await visit('survey', { satisfaction: '5' })).statusCode).toBe(200);
    const checked = documentOf(await visit('survey'))
      .all('input')
      .filter((one) => attribute(one, 'checked') !== undefined);
    expect(checked.map((one) => [attribute(one, 'name'), attribute(one, 'value')])).toEqual([
      ['satisfaction', '5'],
    ]);
    await visit('survey', { satisfaction: '2' });
    expect(await feedback.tallies('r1')).toEqual({ satisfaction: { answers: 1, good: 0 } });
  });

  it('asks what its message asks: one question at the launch, two a week later', async () => {
    const { visit } = bench();
    expect(documentOf(await visit('survey')).all('fieldset')).toHaveLength(1);
    expect(
      documentOf(await visit('survey', undefined, { message: 'extension' })).all('fieldset'),
    ).toHaveLength(2);
    expect((await visit('survey', undefined, { message: 'emergency' })).statusCode).toBe(410);
  });

  it.each(['0', '6', '-1', '3.5', 'NaN', '', '５', '1e0', "<script>alert('x')</script>"])(
    'takes no %j, says so beside the form, and keeps nothing',
    async (value) => {
      const { visit, feedback } = bench();
      const answer = await visit('survey', { satisfaction: value });
      expect(answer.statusCode).toBe(422);
      expect(
        documentOf(answer)
          .all('p')
          .some((one) => attribute(one, 'role') === 'alert'),
      ).toBe(true);
      expect(answer.body).not.toContain('<script>');
      expect(feedback.writes).toBe(0);
    },
  );

  it('keeps no answer to a question that it did not ask', async () => {
    const { visit, feedback } = bench();
    expect((await visit('survey', { usage: '1', salary: '5' })).statusCode).toBe(422);
    expect(feedback.writes).toBe(0);
  });

  it('is changed a bounded number of times', async () => {
    const { visit } = bench();
    for (let nth = 0; nth < 20; nth += 1) await visit('survey', { satisfaction: '5' });
    expect((await visit('survey', { satisfaction: '1' })).statusCode).toBe(429);
  });
});

describe('a problem', () => {
  it('is kept in its reader’s words, counted once, and never in the log', async () => {
    const { visit, feedback, logged } = bench();
    const text = 'Le mot de passe <b>hunter2</b>\r\nest refusé';
    expect((await visit('problem', { text })).statusCode).toBe(200);
    expect((await visit('problem', { text: 'encore' })).statusCode).toBe(200);
    expect(await feedback.tallies('r1')).toEqual({ [problems]: { answers: 1, good: 0 } });
    expect(JSON.stringify(logged)).not.toContain('hunter2');
  });

  it('that is too long comes back whole, to be shortened', async () => {
    const { visit, feedback } = bench();
    const text = `</textarea><script>alert(1)</script>${'é'.repeat(2000)}`;
    const answer = await visit('problem', { text });
    expect(answer.statusCode).toBe(422);
    const { all } = documentOf(answer);
    expect(all('script')).toEqual([]);
    expect(all('textarea')[0]?.childNodes[0]).toMatchObject({ value: text });
    expect(feedback.writes).toBe(0);
  });

  it('of a size that no form has is refused unread', async () => {
    expect((await bench().visit('problem', 'x'.repeat(30_001))).statusCode).toBe(413);
  });
});

describe('announcements', () => {
  it('end by the mail program’s one click, and by the page’s button; the word can be taken back', async () => {
    const { visit, preferences } = bench();
    const oneClick = await visit('unsubscribe', 'List-Unsubscribe=One-Click');
    expect(oneClick.statusCode).toBe(200);
    expect(oneClick.headers).not.toHaveProperty('location');
    await visit('unsubscribe', {});
    await visit('unsubscribe', { again: '1' });
    expect(preferences).toEqual([`out ${person}`, `out ${person}`, `in ${person}`]);
  });

  it('end by a link of any age', async () => {
    const { visit, later, tokenOf } = bench();
    const [survey, unsubscribe] = [await tokenOf('survey'), await tokenOf('unsubscribe')];
    later(400 * 86_400_000);
    expect((await visit('survey', undefined, { token: survey })).statusCode).toBe(410);
    expect((await visit('unsubscribe', undefined, { token: unsubscribe })).statusCode).toBe(200);
  });
});

describe('a link that is none', () => {
  it('leads to one page, whether altered, unknown, cut or of another purpose', async () => {
    const { visit, tokenOf } = bench();
    const token = await tokenOf('survey');
    const wrong = [
      `${token}x`,
      token.slice(0, -4),
      token.replace('.r1.', '.r2.'),
      '',
      'x',
      await tokenOf('problem'),
    ];
    const answers = await Promise.all(wrong.map((one) => visit('survey', undefined, { token: one })));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(answers[0]?.statusCode).toBe(404);
    for (const one of wrong)
      expect((await visit('survey', { satisfaction: '5' }, { token: one })).statusCode).toBe(404);
  });
});

it('a store that is busy keeps nothing and says to come again; a fault is logged without what was sent', async () => {
  const busy = bench({ feedback: { put: () => Promise.reject(unanswered()) } as never });
  expect((await busy.visit('problem', { text: 'secret' })).statusCode).toBe(503);
  const broken = bench({ feedback: { put: () => Promise.reject(new Error('no')) } as never });
  expect((await broken.visit('problem', { text: 'secret' })).statusCode).toBe(503);
  expect(JSON.stringify(broken.logged)).toContain('HANDLER_FAILED');
  expect(JSON.stringify(broken.logged)).not.toContain('secret');
});
