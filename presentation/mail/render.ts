/** A mail from a template and its variables: pure, so that the same release renders the same mail on AWS and in a preview. */
import type { RenderedMail } from '#domain/mailing/letter.ts';
import {
  type Locale,
  locales,
  type Template,
  type TemplatePart,
  type Translations,
} from '#domain/mailing/template.ts';
import { typeset } from './typography.ts';
import type { Variables } from './variables.ts';

/** The language a mail goes in: the person's own where the message has it, else the plan's, else one that it has. */
export function localeFor(translations: Translations, wanted: Locale | undefined, plans: Locale): Locale {
  const has = (locale: Locale | undefined) => locale !== undefined && translations[locale] !== undefined;
  const found = [wanted, plans, ...locales].find(has);
  if (found === undefined) throw new RangeError('the message has no template in any language');
  return found;
}

/** `words`: what people said in the variables, as it stands there. Throws RangeError when there is no template in the language, or it asks for what the variables do not have. */
export function render(
  translations: Translations,
  variables: Variables,
  locale: Locale,
  words: readonly string[] = [],
): RenderedMail {
  const template: Template | undefined = translations[locale];
  if (!template) throw new RangeError(`the message has no template in "${locale}"`);
  const plain: Pen = { prose: (text) => typeset(text, locale, words), address: (text) => text };
  const html: Pen = { prose: (text) => escapeHtml(typeset(text, locale, words)), address: escapeHtml };
  return {
    // A line break in a variable would be one in a header.
    subject: fill(template.subject, variables, plain)
      .replaceAll(/\s*[\p{Cc}\p{Zl}\p{Zp}]+\s*/gu, ' ')
      .trim(),
    html: fill(template.html, variables, html),
    text: fill(template.text, variables, plain),
  };
}

type Scope = Readonly<Record<string, unknown>>;
/** How a value is written. */
interface Pen {
  readonly prose: (text: string) => string;
  readonly address: (text: string) => string;
}

function fill(parts: readonly TemplatePart[], scope: Scope, pen: Pen): string {
  let filled = '';
  for (const part of parts) {
    if (typeof part === 'string') filled += part;
    else if ('value' in part) filled += pen.prose(textOf(part.value, scope));
    else if ('link' in part) filled += pen.address(textOf(part.link, scope));
    else if ('unless' in part)
      filled += isThere(valueIn(part.unless, scope)) ? '' : fill(part.parts, scope, pen);
    else for (const inner of entriesOf(part.section, scope)) filled += fill(part.parts, inner, pen);
  }
  return filled;
}

const valueIn = (name: string, scope: Scope): unknown =>
  Object.hasOwn(scope, name) ? scope[name] : undefined;

function textOf(name: string, scope: Scope): string {
  const value = valueIn(name, scope);
  if (typeof value === 'string') return value;
  throw new RangeError(`the variable "${name}" is no text here`);
}

/** One scope for each time that a section is written. */
function entriesOf(name: string, scope: Scope): readonly Scope[] {
  const value = valueIn(name, scope);
  if (!Array.isArray(value)) return isThere(value) ? [scope] : [];
  return value.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null ? { ...scope, ...entry } : { ...scope, '.': entry },
  );
}

const isThere = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false && value !== '';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
