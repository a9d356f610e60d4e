/** What a template asks for that its kind of mail does not have: found before a deployment, not at the send. */
import type { Misuse, TemplateProblem } from '#domain/lint/file-findings.ts';
import type { TemplatePart, TemplateSet, Translations } from '#domain/mailing/template.ts';
import type { Message, Plan } from '#domain/plan/plan.ts';
import { kindOf } from './letter.ts';
import { mailShapes, type VariableShape, type VariableShapes } from './variables.ts';

export interface FoundProblem {
  /** The message's place in the plan. */
  readonly nth: number;
  readonly problem: TemplateProblem;
}

/** Messages without a template and misuses in one; none when every mail of the plan can be rendered. */
export const templateProblems = (plan: Plan, templates: TemplateSet): readonly FoundProblem[] =>
  plan.messages.flatMap((message, nth) =>
    problemsOf(message, templates[message.id] ?? {}).map((problem) => ({ nth, problem })),
  );

function problemsOf(message: Message, translations: Translations): readonly TemplateProblem[] {
  const written = Object.entries(translations);
  if (written.length === 0) return [{ code: 'no-template', params: { message: message.id } }];
  const shapes: VariableShapes = mailShapes[kindOf(message)];
  return written.flatMap(([locale, template]) =>
    Object.entries(template).flatMap(([part, parts]) =>
      misuses(parts, shapes).map(
        (found): TemplateProblem => ({
          code: 'misuse',
          params: { message: message.id, locale, part, misuse: found },
        }),
      ),
    ),
  );
}

/** None when the template can be rendered. */
export function misuses(parts: readonly TemplatePart[], shapes: VariableShapes): readonly Misuse[] {
  return parts.flatMap((part) => misuse(part, shapes, new Set()));
}

function misuse(part: TemplatePart, shapes: VariableShapes, shown: ReadonlySet<string>): readonly Misuse[] {
  if (typeof part === 'string') return [];
  if ('value' in part) return misusedValue(part.value, 'text', shapes, shown);
  if ('link' in part) return misusedValue(part.link, 'link', shapes, shown);
  const name = 'section' in part ? part.section : part.unless;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) return [unknown(name, shapes)];
  if (shape === 'text') return [{ code: 'opens-no-section', params: { name } }];
  const within = 'section' in part ? inside(name, shape, shapes) : shapes;
  const links = 'section' in part ? new Set([...shown, name]) : shown;
  return part.parts.flatMap((one) => misuse(one, within, links));
}

function misusedValue(
  name: string,
  as: 'text' | 'link',
  shapes: VariableShapes,
  shown: ReadonlySet<string>,
): readonly Misuse[] {
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) return [unknown(name, shapes)];
  if (shape !== as) return [{ code: 'used-as-another', params: { name, is: nameOf(shape), as } }];
  if (as === 'text' || shown.has(name)) return [];
  return [{ code: 'may-be-absent', params: { name } }];
}

const nameOf = (shape: VariableShape) => (typeof shape === 'string' ? shape : 'list');

/** What can be said for each entry of a list; a flag or a link changes nothing. */
function inside(name: string, shape: VariableShape, shapes: VariableShapes): VariableShapes {
  if (shape === 'flag' || shape === 'link' || shape === 'text') return shapes;
  const [entry] = shape;
  return entry === 'text'
    ? { ...without(shapes, name), '.': 'text' }
    : { ...without(shapes, name), ...entry };
}

const without = (shapes: VariableShapes, name: string): VariableShapes =>
  Object.fromEntries(Object.entries(shapes).filter(([one]) => one !== name));

const unknown = (name: string, shapes: VariableShapes): Misuse => ({
  code: 'unknown-variable',
  params: { name, known: Object.keys(shapes) },
});
