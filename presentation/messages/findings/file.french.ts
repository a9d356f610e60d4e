/** Constats sur le texte, les clés et les valeurs d'un fichier de plan, et les modèles de ses e-mails, en français. */
import { type Sayings, say } from '#domain/coded.ts';
import type {
  Anomaly,
  FileFindings,
  Misuses,
  SchemaFindings,
  TemplateProblems,
} from '#domain/lint/file-findings.ts';
import { frenchExpected } from './expected.french.ts';
import type { FindingText, FindingTexts } from './finding-texts.ts';

const anomalies: Readonly<Record<Anomaly, string>> = {
  ALIAS_PROPS: "un alias n'a ni ancre ni étiquette à lui",
  BAD_ALIAS: "le nom d'une ancre ou d'un alias est vide, ou finit par un deux-points",
  BAD_COLLECTION_TYPE: "une étiquette précède une valeur d'un autre genre",
  BAD_DIRECTIVE: 'une ligne qui commence par % ne signifie rien ici',
  BAD_DQ_ESCAPE: "une barre oblique inverse entre guillemets doubles n'introduit rien de connu",
  BAD_INDENT: 'ce qui va ensemble ne commence pas dans la même colonne',
  BAD_PROP_ORDER: "une ancre ou une étiquette précède le signe qu'elle doit suivre",
  BAD_SCALAR_START: 'un texte sans guillemets ne peut pas commencer par ce caractère',
  BLOCK_AS_IMPLICIT_KEY: 'une liste ou un objet commence sur une ligne où seul un texte le peut',
  BLOCK_IN_FLOW: "les lignes d'une liste ou d'un objet se trouvent entre crochets ou accolades",
  DUPLICATE_KEY: 'une clé est donnée deux fois',
  IMPOSSIBLE: 'ceci ne se lit pas comme du YAML',
  KEY_OVER_1024_CHARS: 'une clé a plus de 1024 caractères',
  MISSING_CHAR: 'il manque un caractère : guillemet, crochet, virgule, deux-points ou espace',
  MULTILINE_IMPLICIT_KEY: 'une clé tient sur plusieurs lignes',
  MULTIPLE_ANCHORS: 'une valeur a deux ancres',
  MULTIPLE_DOCS: "un autre document commence : un plan n'en est qu'un",
  MULTIPLE_TAGS: 'une valeur a deux étiquettes',
  NON_STRING_KEY: "une clé n'est pas un texte",
  RESOURCE_EXHAUSTION: 'les valeurs sont imbriquées trop profondément',
  TAB_AS_INDENT: 'une ligne est en retrait par une tabulation',
  TAG_RESOLVE_FAILED: 'une étiquette ne signifie rien ici',
  UNEXPECTED_TOKEN: 'quelque chose se trouve là où rien ne peut être',
};

const shapes = { text: 'un texte', link: 'un lien', flag: 'un drapeau', list: 'une liste' } as const;

const misuses: Sayings<Misuses> = {
  'unknown-variable': ({ name, known }) =>
    `il n'y a pas de variable « ${name} » : il y a ${known.join(', ')}`,
  'opens-no-section': ({ name }) => `« ${name} » est toujours là : elle n'ouvre pas de section`,
  'used-as-another': ({ name, is, as }) => `« ${name} » est ${shapes[is]}, employé comme ${shapes[as]}`,
  'may-be-absent': ({ name }) => `« ${name} » peut manquer : montrez-la entre {{#${name}}} et {{/${name}}}`,
};

const templates: Sayings<TemplateProblems> = {
  'no-template': ({ message }) => `le message « ${message} » n'a pas de modèle`,
  misuse: ({ message, locale, part, misuse }) => `${message}.${locale}, ${part} : ${say(misuses, misuse)}`,
};

const correction = (near: string | undefined) =>
  near === undefined ? 'écrivez une valeur admise' : `vouliez-vous dire « ${near} » ?`;

const refused =
  (message: string) =>
  ({ allowed, near }: SchemaFindings['wrong-form']): FindingText => ({
    message,
    allowed: frenchExpected(allowed),
    fix: correction(near),
  });

/** Ce qui est admis dit tout ce qui ne va pas. */
const asked = (sentence: string) => ({ message: sentence, allowed: sentence, fix: correction(undefined) });
const aliases = (timesMax: number) =>
  `des alias d'ancres qui les précèdent, dépliés ${timesMax} fois au plus`;

export const frenchFile: FindingTexts<FileFindings> = {
  yaml: ({ anomaly }) => ({
    message: anomalies[anomaly],
    allowed: 'du YAML où chaque clé est donnée une fois',
    fix: "corrigez le texte à cette ligne ; le plan qu'il contient n'a pas été examiné",
  }),
  'yaml-unclear': ({ anomaly }) => ({
    message: anomalies[anomaly],
    allowed: 'du YAML où chaque clé est donnée une fois',
    fix: 'écrivez du YAML simple à cette ligne',
  }),
  'alias-of-nothing': ({ timesMax }) => ({
    message: "l'alias ne nomme rien d'entier avant lui",
    allowed: aliases(timesMax),
    fix: "écrivez la valeur elle-même à la place de l'alias",
  }),
  'aliases-without-end': ({ timesMax }) => ({
    message: 'les alias se déplient en bien plus que le fichier',
    allowed: aliases(timesMax),
    fix: "écrivez la valeur elle-même à la place de l'alias",
  }),
  'no-plan': () => ({
    message: "le fichier n'est pas un plan, et rien de lui n'est montré",
    allowed: 'un fichier YAML avec la clé jalon, qui dit la version du format',
    fix: "donnez le chemin d'un fichier de plan, ou commencez le plan par jalon: 1",
  }),
  'missing-value': ({ allowed }) => ({
    message: 'manque',
    allowed: frenchExpected(allowed),
    fix: 'ajoutez-le',
  }),
  'unknown-key': ({ key, allowed, near }) => ({
    message: `« ${key} » ne signifie rien ici`,
    allowed: allowed.join(', '),
    fix: near === undefined ? 'supprimez-la' : correction(near),
  }),
  'unusable-key': refused('ce nom ne peut pas servir'),
  'wrong-type': refused("est une valeur d'un autre genre"),
  'not-one-of': refused("n'est rien de ce qui est admis"),
  'out-of-bounds': refused('sort des limites'),
  'wrong-form': refused("n'est pas écrit comme il faut"),
  'query-missing': ({ metric, parts }) =>
    asked(`une métrique ${metric} demande une requête pour ${parts.join(' et pour ')}`),
  'query-unwanted': ({ metric, part, parts }) =>
    asked(`une métrique ${metric} n'a pas de « ${part} » : elle demande ${parts.join(' et ')}`),
  'metric-not-offered': ({ source, metrics }) =>
    asked(`${source} n'a que des métriques du genre ${metrics.join(' et ')}`),
  'api-of-another-source': ({ kinds }) =>
    asked(
      `${kinds.join(' ou ')}, et ${kinds.join(' ou ')} seulement, nomme l'une des API de l'environnement (docs/reference/metrics.md)`,
    ),
  'mail-template': ({ problem }) => ({
    message: say(templates, problem),
    allowed: 'un modèle dans mails/ qui emploie les variables de son genre de message',
    fix: 'écrivez ou corrigez le modèle, puis lancez npm run mails (docs/reference/mails.md)',
  }),
};
