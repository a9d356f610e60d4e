/** Findings about the text, the keys and the values of a plan file, and the templates of its mails, in English. */
import { type Sayings, say } from '#domain/coded.ts';
import type {
  Anomaly,
  FileFindings,
  Misuses,
  SchemaFindings,
  TemplateProblems,
} from '#domain/lint/file-findings.ts';
import { englishExpected } from './expected.english.ts';
import type { FindingText, FindingTexts } from './finding-texts.ts';

const anomalies: Readonly<Record<Anomaly, string>> = {
  ALIAS_PROPS: 'an alias has no anchor or tag of its own',
  BAD_ALIAS: 'the name of an anchor or an alias is empty, or ends with a colon',
  BAD_COLLECTION_TYPE: 'a tag stands before a value of another kind',
  BAD_DIRECTIVE: 'a line that begins with % means nothing here',
  BAD_DQ_ESCAPE: 'a backslash between double quotes begins nothing that is known',
  BAD_INDENT: 'what belongs together does not begin in one column',
  BAD_PROP_ORDER: 'an anchor or a tag stands before the sign that it must follow',
  BAD_SCALAR_START: 'a text without quotes cannot begin with this character',
  BLOCK_AS_IMPLICIT_KEY: 'a list or a mapping begins on a line where only a text can',
  BLOCK_IN_FLOW: 'lines of a list or a mapping stand between brackets',
  DUPLICATE_KEY: 'a key is given twice',
  IMPOSSIBLE: 'this cannot be read as YAML',
  KEY_OVER_1024_CHARS: 'a key has more than 1024 characters',
  MISSING_CHAR: 'a character is missing: a quote, a bracket, a comma, a colon or a blank',
  MULTILINE_IMPLICIT_KEY: 'a key goes on over several lines',
  MULTIPLE_ANCHORS: 'a value has two anchors',
  MULTIPLE_DOCS: 'another document begins: a plan is one',
  MULTIPLE_TAGS: 'a value has two tags',
  NON_STRING_KEY: 'a key is not a text',
  RESOURCE_EXHAUSTION: 'values are nested too deeply',
  TAB_AS_INDENT: 'a line is indented with a tab',
  TAG_RESOLVE_FAILED: 'a tag means nothing here',
  UNEXPECTED_TOKEN: 'something stands where nothing can',
};

const misuses: Sayings<Misuses> = {
  'unknown-variable': ({ name, known }) => `there is no variable "${name}": there are ${known.join(', ')}`,
  'opens-no-section': ({ name }) => `"${name}" is always there: it opens no section`,
  'used-as-another': ({ name, is, as }) => `"${name}" is a ${is}, used as a ${as}`,
  'may-be-absent': ({ name }) => `"${name}" may be absent: show it between {{#${name}}} and {{/${name}}}`,
};

export const englishTemplates: Sayings<TemplateProblems> = {
  'no-template': ({ message }) => `the message "${message}" has no template`,
  misuse: ({ message, locale, part, misuse }) => `${message}.${locale}, ${part}: ${say(misuses, misuse)}`,
};

const correction = (near: string | undefined) =>
  near === undefined ? 'write a value that is allowed' : `did you mean "${near}"?`;

const refused =
  (message: string) =>
  ({ allowed, near }: SchemaFindings['wrong-form']): FindingText => ({
    message,
    allowed: englishExpected(allowed),
    fix: correction(near),
  });

/** What is allowed says all that is wrong. */
const asked = (sentence: string) => ({ message: sentence, allowed: sentence, fix: correction(undefined) });
const aliases = (timesMax: number) =>
  `aliases of anchors that come before them, unfolding at most ${timesMax} times`;

export const englishFile: FindingTexts<FileFindings> = {
  yaml: ({ anomaly }) => ({
    message: anomalies[anomaly],
    allowed: 'YAML with each key once',
    fix: 'correct the text at this line; the plan in it was not looked at',
  }),
  'yaml-unclear': ({ anomaly }) => ({
    message: anomalies[anomaly],
    allowed: 'YAML with each key once',
    fix: 'write plain YAML at this line',
  }),
  'alias-of-nothing': ({ timesMax }) => ({
    message: 'the alias names nothing that stands whole before it',
    allowed: aliases(timesMax),
    fix: 'write the value itself where the alias stands',
  }),
  'aliases-without-end': ({ timesMax }) => ({
    message: 'the aliases unfold into far more than the file',
    allowed: aliases(timesMax),
    fix: 'write the value itself where the alias stands',
  }),
  'no-plan': () => ({
    message: 'the file is no plan, and nothing of it is shown',
    allowed: 'a YAML file with the key jalon, which says the version of the format',
    fix: 'give the path of a plan file, or begin the plan with jalon: 1',
  }),
  'missing-value': ({ allowed }) => ({
    message: 'is missing',
    allowed: englishExpected(allowed),
    fix: 'add it',
  }),
  'unknown-key': ({ key, allowed, near }) => ({
    message: `"${key}" means nothing here`,
    allowed: allowed.join(', '),
    fix: near === undefined ? 'remove it' : correction(near),
  }),
  'unusable-key': refused('the name cannot be used'),
  'wrong-type': refused('is a value of another kind'),
  'not-one-of': refused('is none of what is allowed'),
  'out-of-bounds': refused('is out of bounds'),
  'wrong-form': refused('is not written as it must be'),
  'query-missing': ({ metric, parts }) =>
    asked(`a metric of the kind ${metric} needs a query for each of ${parts.join(' and ')}`),
  'query-unwanted': ({ metric, part, parts }) =>
    asked(`a metric of the kind ${metric} has no "${part}": it needs ${parts.join(' and ')}`),
  'metric-not-offered': ({ source, metrics }) =>
    asked(`${source} has metrics of the kind ${metrics.join(' and ')} only`),
  'api-of-another-source': ({ kinds }) =>
    asked(
      `${kinds.join(' or ')}, and only ${kinds.join(' or ')}, names one of the APIs of the stage (docs/reference/metrics.md)`,
    ),
  'mail-template': ({ problem }) => ({
    message: say(englishTemplates, problem),
    allowed: 'a template in mails/ that uses the variables of its kind of message',
    fix: 'write or correct the template, then run npm run mails (docs/reference/mails.md)',
  }),
};
