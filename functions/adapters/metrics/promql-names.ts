/**
 * The names of metrics in a PromQL query, to tell a metric that does not exist from one that has nothing: Prometheus
 * answers both with no series. Labels, functions, keywords and texts are not names; a name in a matcher (`__name__`) is not
 * looked for.
 */

const texts = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g;
const comments = /#[^\n]*/g;
/** Matchers, ranges and the labels of a grouping hold no metric. */
const others = /\{[^{}]*\}|\[[^[\]]*\]|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi;
const words = /(?<![\w:.])[a-zA-Z_:][\w:]*(?![\w:]|\s*\()/g;
const keywords =
  /^(?:and|or|unless|atan2|bool|offset|inf|nan|by|without|on|ignoring|group_left|group_right|start|end|sum|min|max|avg|count|group|stddev|stdvar|count_values|bottomk|topk|quantile|limitk|limit_ratio|anchored|smoothed)$/i;

export function metricNamesIn(query: string): readonly string[] {
  const bare = query.replaceAll(texts, '""').replaceAll(comments, ' ').replaceAll(others, ' ');
  const names = [...bare.matchAll(words)].map(([name]) => name);
  return [...new Set(names.filter((name) => !keywords.test(name)))];
}
