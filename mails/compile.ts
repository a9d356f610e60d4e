/**
 * A template as people write it (MJML and a text, with Mustache's tags) into one as it is sent (`presentation/mail/template.ts`).
 * Runs on a developer's machine only: what goes to AWS is the outcome, which is committed.
 */
import mjml2html from 'mjml';
import Mustache from 'mustache';
import type { Locale, Template, TemplatePart } from '#domain/mailing/template.ts';
import { typeset } from '#presentation/mail/typography.ts';

export interface MailSource {
  readonly locale: Locale;
  /** The content of the one column, with `<mj-title>` and `<mj-preview>`. */
  readonly mjml: string;
  readonly text: string;
  /** What stands around every content. */
  readonly layout: string;
  readonly footer: { readonly mjml: string; readonly text: string };
}

/** Throws RangeError that says what is wrong in the source. */
export async function compile({ locale, mjml, text, layout, footer }: MailSource): Promise<Template> {
  const title = inside(mjml, 'mj-title');
  const content = withoutElements(mjml, ['mj-title', 'mj-preview']);
  const parts = { locale, title, preview: inside(mjml, 'mj-preview'), content, footer: footer.mjml };
  const { html, errors } = await mjml2html(sectionsInRaw(assembled(layout, parts)), {
    validationLevel: 'soft',
    // Its default is a font that a mail would fetch.
    fonts: {},
    keepComments: false,
  });
  if (errors.length > 0)
    throw new RangeError(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  return {
    subject: parsed(typeset(title, locale)),
    html: parsed(tidy(typesetBetweenTags(html, locale))),
    text: parsed(typeset(`${text.trimEnd()}\n\n${footer.text}`, locale)),
  };
}

function inside(mjml: string, element: string): string {
  const found = new RegExp(`<${element}>([^<]+)</${element}>`).exec(mjml)?.[1];
  if (found === undefined) throw new RangeError(`there is no <${element}> with a text in it`);
  return found;
}

const withoutElements = (mjml: string, elements: readonly string[]): string =>
  elements.reduce(
    (rest, element) => rest.replace(new RegExp(`<${element}>[^<]*</${element}>\\n?`), ''),
    mjml,
  );

/** `@name@` in the layout stands for a part. */
function assembled(layout: string, parts: Readonly<Record<string, string>>): string {
  return layout.replaceAll(/@(\w+)@/g, (marker, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new RangeError(`the layout asks for ${marker}, which there is not`);
    return part;
  });
}

/** MJML drops texts between its elements; a section that holds whole elements stands on lines of its own. */
const sectionsInRaw = (mjml: string): string =>
  mjml.replaceAll(/^[ \t]*(\{\{[#^/][\w.]+\}\})[ \t]*$/gm, '<mj-raw>$1</mj-raw>');

/** Texts only: not what stands in a tag, a style sheet or a comment (Outlook's conditions are comments). */
const typesetBetweenTags = (html: string, locale: Locale): string =>
  html.replaceAll(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|<[^>]*>|([^<]+)/g, (whole, text?: string) =>
    text === undefined ? whole : typeset(text, locale),
  );

/** Lines without the blanks around them, and no empty ones. */
const tidy = (html: string): string =>
  html
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

type Token = readonly [
  kind: string,
  value: string,
  start: number,
  end: number,
  inner?: readonly Token[] | undefined,
  ...rest: readonly unknown[],
];

/** Throws RangeError for what a template of ours may not hold: values that are not escaped, partials, other delimiters. */
function parsed(template: string): readonly TemplatePart[] {
  // Its types leave out the tokens inside a section.
  const tokens = Mustache.parse(template) as unknown as readonly Token[];
  return joined(tokens.map(partOf));
}

function partOf([kind, value, , , inner = []]: Token): TemplatePart {
  switch (kind) {
    case 'text':
      return value;
    case 'name':
      return value.endsWith('Url') ? { link: value } : { value };
    case '#':
      return { section: value, parts: joined(inner.map(partOf)) };
    case '^':
      return { unless: value, parts: joined(inner.map(partOf)) };
    default:
      throw new RangeError(
        `{{${kind}${value}}} is not allowed: values, sections and {{^inverted}} sections are`,
      );
  }
}

/** Mustache hands texts over line by line. */
const joined = (parts: readonly TemplatePart[]): readonly TemplatePart[] =>
  parts.reduce<TemplatePart[]>((list, part) => {
    const last = list.at(-1);
    if (typeof part === 'string' && typeof last === 'string') list[list.length - 1] = last + part;
    else list.push(part);
    return list;
  }, []);
