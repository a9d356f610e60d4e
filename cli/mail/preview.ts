/** `jalon mail preview`: every mail of a plan as its readers would get it, as pages that a browser shows. */

import { ledgerFormat } from '#domain/ledger/format.ts';
import type { Release } from '#domain/ledger/records.ts';
import { record } from '#domain/ledger/replay.ts';
import type { PersonalLinks, RenderedMail } from '#domain/mailing/letter.ts';
import { type Locale, locales } from '#domain/mailing/template.ts';
import { dueMs } from '#domain/plan/message-dates.ts';
import type { Message, Plan } from '#domain/plan/plan.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { templatesFor } from '#mails/library.ts';
import { writerOf } from '#presentation/mail/letter.ts';
import { escapeHtml } from '#presentation/mail/render.ts';
import { BadInput, exitCodes } from '../terminal/exit.ts';
import type { Io } from '../terminal/io.ts';
import { loadPlan } from '../terminal/plan-argument.ts';
import { type PageFile, writePages } from '../terminal/write-pages.ts';

export interface PreviewOptions {
  readonly message?: string;
  readonly lang?: Locale;
  readonly to: string;
}
interface Page {
  readonly message: Message;
  readonly locale: Locale;
  readonly mail: RenderedMail;
}

export async function previewCommand(
  argument: string | undefined,
  options: PreviewOptions,
  io: Io,
): Promise<number> {
  const plan = await loadPlan(argument, options.lang);
  const pages = await pagesOf(plan, options);
  for (const path of writePages(options.to, filesOf(pages, plan))) io.stdout(`${path}\n`);
  return exitCodes.completed;
}

async function pagesOf(plan: Plan, { message: wanted, lang }: PreviewOptions): Promise<readonly Page[]> {
  const messages = plan.messages.filter(({ id }) => wanted === undefined || id === wanted);
  if (messages.length === 0) {
    const known = plan.messages.map(({ id }) => id).join(', ');
    throw new BadInput(`the plan has no message "${wanted}": write one of ${known}`);
  }
  const templates = templatesFor(plan);
  const pages: Page[] = [];
  for (const message of messages) {
    const translations = await templates.of(message.id);
    const release = releaseAt(plan, message);
    const nowMs = dueMs(plan, release.launchDay, message) ?? Date.parse(`${plan.launch.day}T12:00:00Z`);
    const write = writerOf({ plan, message, release, nowMs, translations });
    for (const locale of locales) {
      if (translations[locale] === undefined || (lang !== undefined && lang !== locale)) continue;
      pages.push({ message, locale, mail: write(locale, message.date ? links : noticeLinks) });
    }
  }
  return pages;
}

/** A release as it would be on the day of the message: nothing late, nothing moved; for a notice, a component limited. */
function releaseAt(plan: Plan, { date, guard }: Message): Release {
  const at = `${plan.launch.day}T12:00:00.000Z`;
  const [component] = Object.keys(plan.components);
  const phase = plan.launch.phase;
  const { next } = record(
    sha256,
    'preview',
    [
      {
        type: 'release.admitted',
        product: plan.product,
        version: '2.0.0',
        launchDay: plan.launch.day,
        startedBy: 'preview',
        executionArn: '',
        format: ledgerFormat,
        planRevision: plan.revision.day,
      },
      { type: 'exposure.changed', phase, attempt: 1, from: 0, to: guard.exposureMin ?? 0 },
      ...(date === undefined && component !== undefined
        ? [{ type: 'component.switched', component, state: 'limited' } as const]
        : []),
    ],
    { at, actor: 'user:preview' },
  );
  return next;
}

const noticeLinks: PersonalLinks = { problemUrl: 'https://pages.example/p/preview' };
const links: PersonalLinks = {
  ...noticeLinks,
  surveyUrl: 'https://pages.example/s/preview',
  unsubscribeUrl: 'https://pages.example/u/preview',
};

const filesOf = (pages: readonly Page[], plan: Plan): readonly PageFile[] => [
  ['index.html', contents(pages, plan)],
  ...pages.flatMap((page): readonly PageFile[] => [
    [`${nameOf(page)}.html`, page.mail.html],
    [`${nameOf(page)}.txt`, `${page.mail.subject}\n\n${page.mail.text}`],
  ]),
];

const nameOf = ({ message, locale }: Page) => `${message.id}.${locale}`;

/** One page to look at them all: as wide as a telephone, and as a mail program on a desk. */
const contents = (pages: readonly Page[], { title, language }: Plan): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
  body { font-family: system-ui, sans-serif; margin: 2rem; }
  section { margin: 0 0 3rem; }
  iframe { height: 720px; border: 1px solid #8a94a6; margin: 0 1rem 1rem 0; vertical-align: top; }
</style>
<h1>${escapeHtml(title)}</h1>
${pages.map(sectionOf).join('\n')}
</html>
`;

const sectionOf = (page: Page): string => {
  const name = nameOf(page);
  const { message, locale, mail } = page;
  const when = message.timing ?? message.step;
  return `<section lang="${locale}">
<h2>${escapeHtml(`${when} · ${message.audienceName} · ${locale}`)}</h2>
<p><b>${escapeHtml(mail.subject)}</b> · <a href="${name}.html">HTML</a> · <a href="${name}.txt">text</a></p>
<iframe src="${name}.html" width="360" title="${name}, 360 px"></iframe>
<iframe src="${name}.html" width="760" title="${name}, 760 px"></iframe>
</section>`;
};
