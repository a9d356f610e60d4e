/** What a request names and is not there. `known`: the names that are. */

export interface NotFounds {
  'no-such-phase': { readonly phase: string; readonly known: readonly string[] };
  'no-such-item': { readonly phase: string; readonly item: string };
  'no-such-incident': { readonly release: string; readonly incident: string };
  'no-such-task': { readonly release: string; readonly task: string; readonly known: readonly string[] };
  'no-such-criterion': {
    readonly phase: string;
    readonly criterion: string;
    readonly known: readonly string[];
  };
  'no-such-freeze': { readonly freeze: string; readonly known: readonly string[] };
  /** Not one that people report: the system reads it, or nobody knows it. */
  'no-such-measure': { readonly measure: string; readonly known: readonly string[] };
  /** Below `/world` of a served rehearsal. */
  'no-such-world-path': { readonly path: string; readonly known: readonly string[] };
}
