/** What is wrong in the text of a plan file: anomalies of YAML, aliases of nothing. */
import { type Alias, type Document, type LineCounter, type Node, visit, type YAMLError } from 'yaml';
import { error, type FindingOf } from '#domain/lint/finding.ts';

export type Lined<F> = F & { readonly line?: number };

type SyntaxFinding = Lined<FindingOf<'yaml' | 'yaml-unclear'>>;

/** Of the file only the place is said, never what stands there. */
export function anomalyFinding(
  rule: 'yaml' | 'yaml-unclear',
  { code: anomaly, pos }: YAMLError,
  lines: LineCounter,
): SyntaxFinding {
  const { line, col: column } = lines.linePos(pos[0]);
  const severity = rule === 'yaml' ? 'error' : 'warning';
  return { severity, rule, path: '', value: { column }, params: { anomaly }, line };
}

/** Unfolding more than this is an attack, or a mistake of the same size. */
export const aliasesMax = 100;

const params = { timesMax: aliasesMax };

/** Aliases that would unfold into far more than the file. */
export const aliasesWithoutEnd = (): FindingOf<'aliases-without-end'> =>
  error('aliases-without-end', { path: '', value: null, params });

/** The first alias whose anchor is not set before it, or is around it. */
export function aliasOfNothing(
  document: Document,
  lines: LineCounter,
): Lined<FindingOf<'alias-of-nothing'>> | undefined {
  const anchored = new Map<string, Node>();
  const found: Alias[] = [];
  visit(document, {
    Alias: (_key, alias, around) => {
      const node = anchored.get(alias.source);
      if (node && !around.includes(node)) return undefined;
      found.push(alias);
      return visit.BREAK;
    },
    Value: (_key, node) => {
      if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  const [alias] = found;
  if (!alias) return undefined;
  const { line } = lines.linePos(alias.range?.[0] ?? 0);
  return { ...error('alias-of-nothing', { path: '', value: `*${alias.source}`, params }), line };
}
