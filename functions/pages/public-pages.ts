/**
 * Pages that mails lead to: a survey, a problem to report, announcements to be ended. Whoever has the link may use it, and a GET
 * changes nothing: mail programs and their scanners open links. Answering twice is harmless, the last answer counts.
 * Triggered by `GET` and `POST` of `/s`, `/p` and `/u` (API Gateway HTTP API, payload 2.0), without an authorizer: the link's
 * signature is the proof.
 */
import { InvalidInput, ServiceUnavailable } from '#domain/errors.ts';
import { isOver, type LinkPurpose, pageOf } from '#domain/mailing/links.ts';
import { HttpRequest, HttpResponse, languageOf, textOf } from '../contracts/http.ts';
import { define } from '../runtime/definition.ts';
import { logFailure } from '../runtime/failure.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import { problemPage } from './problem-page.ts';
import { surveyPage } from './survey-page.ts';
import { type PageTexts, textsIn } from './texts.ts';
import { unsubscribePage } from './unsubscribe-page.ts';
import type { PagePorts, PageVisit } from './visit.ts';

type Page = (visit: PageVisit, ports: PagePorts) => Promise<HttpResponse>;

const pages: Readonly<Record<LinkPurpose, Page>> = {
  survey: surveyPage,
  problem: problemPage,
  unsubscribe: unsubscribePage,
};
/** Percent-encoded; a text of 2,000 characters fits in any alphabet. */
const formCharactersMax = 30_000;

export const publicPages = define({
  name: 'public-pages',
  needs: ['links', 'feedback', 'preferences'],
  input: HttpRequest,
  output: HttpResponse,
  run: async (request, ports) => {
    const { plan, log } = ports;
    const frame = {
      locale: languageOf(request, plan.language),
      product: plan.mail?.product ?? plan.title,
    };
    const texts = textsIn(frame.locale);
    const say = (status: number, { title, lead }: PageTexts['gone']) =>
      page(status, frame, title, html`<p>${lead}</p>`);
    try {
      const link = await ports.links.read(request.queryStringParameters?.['t'] ?? '');
      if (!link || pageOf[link.purpose] !== request.rawPath) return say(404, texts.unknown);
      if (isOver(link, ports.clock.nowMs())) return say(410, texts.gone);
      const posted = request.requestContext.http.method === 'POST';
      const body = posted ? textOf(request) : '';
      if (body.length > formCharactersMax) return say(413, texts.large);
      return await pages[link.purpose](
        { link, frame, texts, ...(posted ? { sent: new URLSearchParams(body) } : {}) },
        ports,
      );
    } catch (error) {
      if (error instanceof InvalidInput) return say(400, texts.unknown);
      if (!(error instanceof ServiceUnavailable)) logFailure(log, 'public-pages', error);
      return say(503, texts.busy);
    }
  },
});
