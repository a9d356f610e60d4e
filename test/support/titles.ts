/** The titles of tests as they stand in the source, where somebody looks for the name of one that has failed. */
import { lexemes } from './sources.ts';

export interface Title {
  readonly line: number;
  /** As written between its quotes; nothing where it is computed. */
  readonly text: string | undefined;
}

const isText = (lexeme: string) => /^['"`]/.test(lexeme);

/** Titles of `it(...)` and `it.each<...>(...)(...)`. */
export function titlesIn(source: string): readonly Title[] {
  const texts = new Map<number, string>();
  // Everything where it was, without what stands in comments, texts and regular expressions.
  const code = source.replaceAll(lexemes, (lexeme, at: number) => {
    if (isText(lexeme)) texts.set(at, lexeme.slice(1, -1));
    return ' '.repeat(lexeme.length);
  });
  return [...code.matchAll(/(?<![\w.$])it(\.each)?(?=[<(])/g)].flatMap(({ 0: call, 1: each, index }) => {
    let at = index + call.length;
    if (each !== undefined) at = behind(code, behind(code, at, '<', '>'), '(', ')');
    if (code[at] !== '(') return [];
    const line = source.slice(0, at).split('\n').length;
    for (at += 1; !texts.has(at) && /\s/.test(source[at] ?? ''); ) at += 1;
    return [{ line, text: texts.get(at) }];
  });
}

/** The place behind what is open at a place, or that place when nothing is. An arrow closes nothing. */
function behind(code: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === open) depth += 1;
    else if (code[at] === close && code[at - 1] !== '=') depth -= 1;
    if (depth === 0) return code[at] === close ? at + 1 : at;
  }
  return code.length;
}

/** What a table puts into a title: `%s`, `%2$d`, `$name`, `${name}`. */
const placeholder = /%(?:\d+\$)?[sdifjoOc#]|\$\{[^}]*\}|\$[\w.]+/;
const word = /[\p{L}\p{N}][\p{L}\p{N}'’`-]*/gu;

/** Words that follow each other in the source as they do in the name that is printed. */
export const wordsInARow = (title: string): number =>
  Math.max(...title.split(placeholder).map((fixed) => fixed.match(word)?.length ?? 0));
