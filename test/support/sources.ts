/** The source files of the project, and what they import: read from their text, so it needs no compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

const isSource = (name: string) => /\.[cm]?[jt]sx?$/.test(name) && !name.endsWith('.d.ts');
const notOurs = new Set(['node_modules', 'cdk.out', 'dist', 'coverage']);

/** Paths of source files below a folder of the project, with `/` on every system; none when there is no such folder. */
export function sourcesIn(folder: string): readonly string[] {
  let entries: readonly { readonly name: string; isDirectory(): boolean }[];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    if (notOurs.has(entry.name) || entry.name.startsWith('.')) return [];
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return isSource(entry.name) ? [path] : [];
  });
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Comments, texts, templates and regular expressions, in the order in which they begin. */
export const lexemes =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=(?:^|[(,=:[!&|?{};>])\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//gm;

const isComment = (lexeme: string) => lexeme.startsWith('/*') || lexeme.startsWith('//');

export const withoutComments = (text: string): string =>
  text.replaceAll(lexemes, (lexeme) => (isComment(lexeme) ? ' ' : lexeme));

/** The code alone: no comments, no texts, no regular expressions. Templates stay, for what they compute. */
export const codeOf = (text: string): string =>
  text.replaceAll(lexemes, (lexeme) => (lexeme.startsWith('`') ? lexeme : isComment(lexeme) ? ' ' : "''"));

export interface Import {
  /** As written; '(computed)' for a dynamic import of anything but a text. */
  readonly specifier: string;
  /** The names between the braces, as they are exported there; `*` for all of it, nothing for effects only. */
  readonly names: readonly string[];
}

const statement = /(?<![\w.$])(?:import|export)\b([^'"`;()=]*?)\bfrom\s*(['"])([^'"]+)\2/g;
const effect = /(?<![\w.$])import\s*(['"])([^'"]+)\1/g;
const dynamic = /(?<![\w.$])(?:import|require)\s*\(\s*(?:(['"`])([^'"`$]+)\1\s*[,)])?/g;

/** Static and dynamic imports, of values and of types, and what is exported from elsewhere. */
export function importsIn(text: string): readonly Import[] {
  const code = withoutComments(text);
  return [
    ...[...code.matchAll(statement)].map(([, clause = '', , specifier = '']) => ({
      specifier,
      names: namesIn(clause),
    })),
    ...[...code.matchAll(effect)].map(([, , specifier = '']) => ({ specifier, names: [] })),
    ...[...code.matchAll(dynamic)].map(([, , specifier]) => ({
      specifier: specifier ?? '(computed)',
      names: ['*'],
    })),
  ];
}

function namesIn(clause: string): readonly string[] {
  const braces = /\{([^}]*)\}/.exec(clause)?.[1];
  const rest = clause
    .replace(/\{[^}]*\}/, '')
    .replace(/^\s*type\b/, '')
    .replace(',', ' ')
    .trim();
  const named = (braces ?? '').split(',').map((name) =>
    name
      .trim()
      .replace(/^type\s+/, '')
      .replace(/\s+as\s.*$/, ''),
  );
  return [...named.filter((name) => name !== ''), ...(rest === '' ? [] : ['*'])];
}

/** What a specifier means: a path in the project, `node:...`, or the name of a package. */
export function targetOf(specifier: string, from: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return posix.join(dirname(from), specifier);
  if (specifier.startsWith('node:') || specifier.startsWith('(')) return specifier;
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `npm:${scope}/${name}` : `npm:${scope}`;
}
