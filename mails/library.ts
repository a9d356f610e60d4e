/** The compiled templates of a plan: its product's own, or the generic ones in the plan's language. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Templates } from '#application/ports/mail.ts';
import { say } from '#domain/coded.ts';
import type { TemplateSet, Translations } from '#domain/mailing/template.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { templateProblems } from '#presentation/mail/template-check.ts';
import { englishTemplates } from '#presentation/messages/findings/file.english.ts';

const compiled = (set: string) => join(import.meta.dirname, 'compiled', `${set}.json`);
const sets = new Map<string, TemplateSet>();
/** Each file once. */
function read(set: string): TemplateSet {
  const templates = sets.get(set) ?? (JSON.parse(readFileSync(compiled(set), 'utf8')) as TemplateSet);
  sets.set(set, templates);
  return templates;
}

/** By message. A product with templates of its own has one for each message, which lint makes sure of. */
export function templatesOf({
  product,
  language,
  messages,
}: Pick<Plan, 'product' | 'language' | 'messages'>): TemplateSet {
  if (existsSync(compiled(product))) return read(product);
  // Subject and content are in the plan's language: around them no other is right.
  const { [language]: generic } = read('generic')['message'] ?? {};
  const translations: Translations = generic ? { [language]: generic } : {};
  return Object.fromEntries(messages.map(({ id }) => [id, translations]));
}

/** The same, for a deployment. Throws RangeError with everything that is wrong in them. */
export function templatesChecked(plan: Plan): TemplateSet {
  const templates = templatesOf(plan);
  const problems = templateProblems(plan, templates);
  if (problems.length === 0) return templates;
  const said = problems.map(({ problem }) => `  ${say(englishTemplates, problem)}`).join('\n');
  throw new RangeError(`mails of ${plan.product} cannot be rendered:\n${said}`);
}

/** The port, where the compiled files lie beside the code. */
export function templatesFor(plan: Pick<Plan, 'product' | 'language' | 'messages'>): Templates {
  const templates = templatesOf(plan);
  return {
    of: async (message) => {
      const found = templates[message];
      if (found) return found;
      throw new RangeError(`there is no template of a message "${message}"`);
    },
    report: async () => reportTemplate(),
  };
}

/** The template of the team's reports. */
export const reportTemplate = (): Translations => read('report')['report'] ?? {};
