/** The questions of a message, with what the person answered before. */
import { answersTo, isGood, questionsAfter } from '#domain/audience/feedback.ts';
import type { SurveyQuestion } from '#domain/plan/plan.ts';
import type { HttpResponse } from '../contracts/http.ts';
import { html, type Markup } from './html.ts';
import { page } from './page.ts';
import type { PagePorts, PageVisit } from './visit.ts';

export async function surveyPage(visit: PageVisit, ports: PagePorts): Promise<HttpResponse> {
  const { link, frame, texts, sent } = visit;
  const questions = questionsAfter(ports.plan, link.message);
  if (questions.length === 0) return page(410, frame, texts.gone.title, html`<p>${texts.gone.lead}</p>`);
  if (!sent) {
    const before = await ports.feedback.of(link.releaseId, link.person);
    return form(visit, questions, (id) => before[id]);
  }
  const given = questions.flatMap((question) => {
    const text = sent.get(question.id);
    return text === null ? [] : [{ question, value: /^\d$/.test(text) ? Number(text) : Number.NaN }];
  });
  const chosen = (id: string) => given.find(({ question }) => question.id === id)?.value;
  if (given.length === 0) return form(visit, questions, chosen, texts.survey.none);
  const outside = given.some(({ question, value }) => !answersTo(question).includes(value));
  if (outside) return form(visit, questions, chosen, texts.survey.outside);
  for (const { question, value } of given) {
    const { releaseId, person } = link;
    const answer = { releaseId, person, question: question.id, value, good: isGood(question, value) };
    if (!(await ports.feedback.put(answer, ports.clock.nowMs())))
      return page(429, frame, texts.again.title, html`<p>${texts.again.lead}</p>`);
  }
  return page(200, frame, texts.survey.thanks, html`<p>${texts.survey.kept}</p>`);
}

function form(
  { frame, texts }: PageVisit,
  questions: readonly SurveyQuestion[],
  chosen: (id: string) => number | undefined,
  mistake?: string,
): HttpResponse {
  const { survey } = texts;
  return page(
    mistake === undefined ? 200 : 422,
    frame,
    survey.title,
    html`${mistake !== undefined && html`<p class="mistakes mistake" role="alert" id="mistake">${mistake}</p>`}
<p>${survey.lead}</p>
<form method="post">
${questions.map((question) => fieldset(question, question.text[frame.locale], texts.survey, chosen(question.id)))}
<button>${survey.send}</button>
</form>`,
    mistake === undefined ? undefined : texts.mistake,
  );
}

function fieldset(
  question: SurveyQuestion,
  text: string,
  { least, most, yes, no }: PageVisit['texts']['survey'],
  chosen: number | undefined,
): Markup {
  const isScale = question.kind === 'scale';
  const nameOf = (value: number) => (isScale ? String(value) : value === 1 ? yes : no);
  const choice = (
    value: number,
  ) => html`<label class="choice"><input type="radio" name="${question.id}" value="${value}"${
    value === chosen ? html` checked` : undefined
  }> ${nameOf(value)}</label>
`;
  return html`<fieldset>
<legend>${text}</legend>
<div class="choices">
${answersTo(question).map(choice)}</div>
${isScale && html`<p class="quiet">1 = ${least}, 5 = ${most}</p>`}
</fieldset>
`;
}
