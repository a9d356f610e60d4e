/** What is found in the file of a plan before its rules are asked: text, keys and values, templates of its mails. */
import type { Coded } from '../coded.ts';
import type { Check } from '../plan/plan.ts';
import type { Expected } from './expected.ts';

/** Anomalies of YAML, as its parser names them (`ErrorCode` of the package yaml). */
export const anomalies = [
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_COLLECTION_TYPE',
  'BAD_DIRECTIVE',
  'BAD_DQ_ESCAPE',
  'BAD_INDENT',
  'BAD_PROP_ORDER',
  'BAD_SCALAR_START',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'DUPLICATE_KEY',
  'IMPOSSIBLE',
  'KEY_OVER_1024_CHARS',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_DOCS',
  'MULTIPLE_TAGS',
  'NON_STRING_KEY',
  'RESOURCE_EXHAUSTION',
  'TAB_AS_INDENT',
  'TAG_RESOLVE_FAILED',
  'UNEXPECTED_TOKEN',
] as const;
export type Anomaly = (typeof anomalies)[number];

interface SyntaxFindings {
  /** Not YAML: nothing of the file was looked at. */
  readonly yaml: { readonly anomaly: Anomaly };
  /** YAML that may not mean what it says. */
  readonly 'yaml-unclear': { readonly anomaly: Anomaly };
  readonly 'alias-of-nothing': { readonly timesMax: number };
  readonly 'aliases-without-end': { readonly timesMax: number };
  /** YAML of something else. Nothing of it may be shown: it may be anybody's secrets. */
  readonly 'no-plan': Readonly<Record<string, never>>;
}

/** A value that the schema refuses. `near`: the allowed one that is spelt most like it. */
interface Refused {
  readonly allowed: Expected;
  readonly near?: string;
}

export interface SchemaFindings {
  readonly 'missing-value': { readonly allowed: Expected };
  readonly 'unknown-key': {
    readonly key: string;
    readonly allowed: readonly string[];
    readonly near?: string;
  };
  readonly 'unusable-key': Refused;
  readonly 'wrong-type': Refused;
  readonly 'not-one-of': Refused;
  readonly 'out-of-bounds': Refused;
  readonly 'wrong-form': Refused;
}

/** What is wrong in the source of a check: its parts are those of the metric's kind, the kind one that the source has. */
interface SourceFindings {
  readonly 'query-missing': { readonly metric: Check['metric']; readonly parts: readonly string[] };
  readonly 'query-unwanted': {
    readonly metric: Check['metric'];
    readonly part: string;
    readonly parts: readonly string[];
  };
  readonly 'metric-not-offered': {
    readonly source: Check['source']['kind'];
    readonly metrics: readonly string[];
  };
  readonly 'api-of-another-source': { readonly kinds: readonly string[] };
}
export type SourceFinding = Coded<SourceFindings>;

interface TemplateFindings {
  readonly 'mail-template': { readonly problem: TemplateProblem };
}

export type TemplateProblem = Coded<TemplateProblems>;
export interface TemplateProblems {
  readonly 'no-template': { readonly message: string };
  /** `part`: of the template, for example its subject. */
  readonly misuse: {
    readonly message: string;
    readonly locale: string;
    readonly part: string;
    readonly misuse: Misuse;
  };
}

/** What a template asks for that its kind of mail does not have. */
export type Misuse = Coded<Misuses>;
export interface Misuses {
  readonly 'unknown-variable': { readonly name: string; readonly known: readonly string[] };
  readonly 'opens-no-section': { readonly name: string };
  readonly 'used-as-another': {
    readonly name: string;
    readonly is: 'text' | 'link' | 'flag' | 'list';
    readonly as: 'text' | 'link';
  };
  readonly 'may-be-absent': { readonly name: string };
}

export interface FileFindings extends SyntaxFindings, SchemaFindings, SourceFindings, TemplateFindings {}
