/** What a template asks for that its kind of mail does not have: found before a deployment, not at the send. */

import type { Part, TemplateSet, Translations } from '#domain/mailing/template.ts';
import type { Message, Plan } from '#domain/plan/plan.ts';
import { kindOf } from './letter.ts';
import { mailShapes, type Shape, type Shapes } from './variables.ts';

export interface TemplateProblem {
  /** The message's place in the plan. */
  readonly nth: number;
  readonly problem: string;
}

/** Messages without a template and misuses in one; none when every mail of the plan can be rendered. */
export const templateProblems = (plan: Plan, templates: TemplateSet): readonly TemplateProblem[] =>
  plan.messages.flatMap((message, nth) =>
    problemsOf(message, templates[message.id] ?? {}).map((problem) => ({ nth, problem })),
  );

function problemsOf(message: Message, translations: Translations): readonly string[] {
  const written = Object.entries(translations);
  if (written.length === 0) return [`the message "${message.id}" has no template`];
  const shapes: Shapes = mailShapes[kindOf(message)];
  return written.flatMap(([locale, template]) =>
    Object.entries(template).flatMap(([where, parts]) =>
      misuses(parts, shapes).map((one) => `${message.id}.${locale}, ${where}: ${one}`),
    ),
  );
}

/** Sentences, one per misuse; none when the template can be rendered. */
export function misuses(parts: readonly Part[], shapes: Shapes): readonly string[] {
  return parts.flatMap((part) => misuse(part, shapes, new Set()));
}

function misuse(part: Part, shapes: Shapes, shown: ReadonlySet<string>): readonly string[] {
  if (typeof part === 'string') return [];
  if ('value' in part) return misusedValue(part.value, 'text', shapes, shown);
  if ('link' in part) return misusedValue(part.link, 'link', shapes, shown);
  const name = 'section' in part ? part.section : part.unless;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) return [unknown(name, shapes)];
  if (shape === 'text') return [`"${name}" is always there: it opens no section`];
  const within = 'section' in part ? inside(name, shape, shapes) : shapes;
  const links = 'section' in part ? new Set([...shown, name]) : shown;
  return part.parts.flatMap((one) => misuse(one, within, links));
}

function misusedValue(
  name: string,
  as: 'text' | 'link',
  shapes: Shapes,
  shown: ReadonlySet<string>,
): readonly string[] {
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) return [unknown(name, shapes)];
  if (shape !== as) return [`"${name}" is a ${nameOf(shape)}, used as a ${as}`];
  if (as === 'text' || shown.has(name)) return [];
  return [`"${name}" may be absent: show it between {{#${name}}} and {{/${name}}}`];
}

const nameOf = (shape: Shape): string => (typeof shape === 'string' ? shape : 'list');

/** What can be said for each entry of a list; a flag or a link changes nothing. */
function inside(name: string, shape: Shape, shapes: Shapes): Shapes {
  if (shape === 'flag' || shape === 'link' || shape === 'text') return shapes;
  const [entry] = shape;
  return entry === 'text'
    ? { ...without(shapes, name), '.': 'text' }
    : { ...without(shapes, name), ...entry };
}

const without = (shapes: Shapes, name: string): Shapes =>
  Object.fromEntries(Object.entries(shapes).filter(([one]) => one !== name));

const unknown = (name: string, shapes: Shapes) =>
  `there is no variable "${name}": there are ${Object.keys(shapes).join(', ')}`;
