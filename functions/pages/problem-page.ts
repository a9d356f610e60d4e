/** A problem in a person's own words; who reports again counts once. */
import { problems } from '#domain/audience/feedback.ts';
import type { HttpResponse } from '../contracts/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import type { PagePorts, PageVisit } from './visit.ts';

const charactersMax = 2000;

export async function problemPage(visit: PageVisit, ports: PagePorts): Promise<HttpResponse> {
  const { link, frame, texts, sent } = visit;
  if (!sent) return form(visit, '');
  const text = (sent.get('text') ?? '').replaceAll('\r\n', '\n').trim();
  if (text === '') return form(visit, '', texts.problem.empty);
  if (text.length > charactersMax) return form(visit, text, texts.problem.long(charactersMax));
  const { releaseId, person } = link;
  const report = { releaseId, person, question: problems, value: 1, good: false, text };
  if (!(await ports.feedback.put(report, ports.clock.nowMs())))
    return page(429, frame, texts.again.title, html`<p>${texts.again.lead}</p>`);
  return page(200, frame, texts.problem.thanks, html`<p>${texts.problem.kept}</p>`);
}

function form({ frame, texts }: PageVisit, text: string, mistake?: string): HttpResponse {
  const { problem } = texts;
  return page(
    mistake === undefined ? 200 : 422,
    frame,
    problem.title,
    html`<p>${problem.lead}</p>
<form method="post">
<label class="label" for="text">${problem.label}</label>
${mistake !== undefined && html`<p class="mistake" role="alert" id="mistake">${mistake}</p>`}
<p><textarea id="text" name="text" required maxlength="${charactersMax}"${
      mistake !== undefined && html` aria-invalid="true" aria-describedby="mistake"`
    }>
${text}</textarea></p>
<button>${problem.send}</button>
</form>`,
    mistake === undefined ? undefined : texts.mistake,
  );
}
