/** The templates as people write them: `mails/<set>/<message>.<locale>.mjml` with a `.txt` beside it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Locale, locales, type TemplateSet, type Translations } from '#domain/mailing/template.ts';
import { compile } from './compile.ts';

const folder = import.meta.dirname;
/** Folders that hold no templates of messages. */
const others = ['layout', 'compiled'];
const read = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8');

/** A product's id, `generic` (for products without a folder) or `report`. */
export const setNames = (): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !others.includes(entry.name))
    .map(({ name }) => name)
    .toSorted();

/** Throws RangeError that names the file and what is wrong in it. */
export async function compileSet(set: string): Promise<TemplateSet> {
  const names = messagesIn(set);
  const compiled = await Promise.all(names.map((name) => compileMessage(set, name)));
  return Object.fromEntries(names.map((name, index) => [name, compiled[index] ?? {}]));
}

async function compileMessage(set: string, name: string): Promise<Translations> {
  const written = locales.filter((locale) => existsSync(join(folder, set, `${name}.${locale}.mjml`)));
  const compiled = await Promise.all(written.map((locale) => compileOne(set, name, locale)));
  return Object.fromEntries(written.map((locale, index) => [locale, compiled[index]]));
}

async function compileOne(set: string, name: string, locale: Locale) {
  const file = `${name}.${locale}`;
  try {
    return await compile({
      locale,
      mjml: read(set, `${file}.mjml`),
      text: read(set, `${file}.txt`),
      layout: read('layout', 'layout.mjml'),
      footer: { mjml: footer(set, locale, 'mjml'), text: footer(set, locale, 'txt') },
    });
  } catch (error) {
    throw new RangeError(`mails/${set}/${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The set's own, or the one of the layout. */
function footer(set: string, locale: Locale, kind: 'mjml' | 'txt'): string {
  const file = `footer.${locale}.${kind}`;
  return existsSync(join(folder, set, file)) ? read(set, file) : read('layout', file);
}

const messagesIn = (set: string): readonly string[] => [
  ...new Set(
    readdirSync(join(folder, set)).flatMap((file) => {
      const name = /^([a-z0-9-]+)\.[a-z]{2}\.(?:mjml|txt)$/.exec(file)?.[1];
      return name === undefined || name === 'footer' ? [] : [name];
    }),
  ),
];

/** The committed file of a set: one line per template, so that a change of one is a change of one line. */
export const fileOf = (templates: TemplateSet): string => {
  const lines = Object.entries(templates).flatMap(([name, translations]) =>
    Object.entries(translations).map(
      ([locale, template]) => [name, locale, JSON.stringify(template)] as const,
    ),
  );
  const messages = Object.keys(templates).map((name) => {
    const own = lines.filter(([message]) => message === name);
    return `${JSON.stringify(name)}:{\n${own.map(([, locale, json]) => `"${locale}":${json}`).join(',\n')}\n}`;
  });
  return `{\n${messages.join(',\n')}\n}\n`;
};
