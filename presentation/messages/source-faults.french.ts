import { type Sayings, say } from '#domain/coded.ts';
import type { SourceFaults } from '#domain/judge/source-faults.ts';
import { shown } from '../words.ts';

const instead = {
  metric: "n'est pas une métrique : écrivez Namespace/Metric{Dimension=Value}:Stat",
  'metric-in-brackets': 'ne nomme aucune métrique : écrivez chacune ainsi, [Namespace/Metric:Stat]',
  dimension: "n'est pas une dimension : écrivez Dimension=Value",
} as const;
const negative = {
  measured: 'nombre de mesures',
  counted: 'compte',
  samples: "nombre d'échantillons",
} as const;
const cohorts = { treatment: 'de la nouvelle version', control: 'des autres' } as const;
const asking = ({ source, asked }: { readonly source: string; readonly asked?: string }) =>
  asked === undefined ? source : `${source}, « ${asked} »`;
/** A number as it is written in French. */
const figure = (written: string) => written.replace('.', ',');

export const frenchSourceFaults: Sayings<SourceFaults> = {
  'left-out': () => 'le fournisseur ne la donne pas',
  'fell-silent': ({ minutes }) => `rien de neuf depuis ${minutes} minutes`,
  behind: ({ minutes }) =>
    `les minutes d'une panne sont jugées d'abord : les ${minutes} plus récentes ne sont pas encore lues`,
  'others-silent': ({ percent }) =>
    `rien des ${figure(String(percent))} % d'utilisateurs sans la nouvelle version`,
  'cohorts-off': ({ percent }) =>
    `les cohortes ne sont pas ce qu'elles devraient : la part de la nouvelle version s'écarte de ${figure(percent.toFixed(1))} %`,

  'provider-missing': ({ kind, setting }) =>
    `l'environnement n'a pas de fournisseur « ${kind} » : ajoutez-lui ${setting} et redéployez (docs/reference/metrics.md)`,
  'api-missing': ({ api }) =>
    `l'environnement n'a pas d'API « ${api ?? ''} » : ajoutez-lui metrics.apis.${api ?? '<nom>'} (docs/reference/metrics.md)`,
  'part-missing': ({ part }) => `la source de la mesure n'a pas de requête « ${part} »`,
  'not-measured': () => "une valeur du produit lui-même n'est chez aucun fournisseur",
  'window-too-long': ({ minutes, from, minutesMax }) =>
    `${minutes} minutes à partir de ${from} : ${minutesMax} au plus se lisent en une fois`,
  'look-over': ({ source }) => `${source} n'a pas été interrogé : le relevé a déjà trop duré`,
  'credentials-unreadable': ({ source, error }) =>
    `les identifiants pour ${source} ne peuvent pas être lus (${error})`,
  'query-unreadable': ({ text, expected }) => `« ${text} » ${instead[expected]}`,

  'provider-failed': ({ error }) => `le fournisseur de ces mesures a échoué (${error})`,
  'provider-answers': ({ status }) => `le fournisseur de mesures répond ${status}`,
  'source-left-alone': ({ source, failures, seconds }) =>
    `${source} : ${failures} échecs de suite, il est laissé en paix pendant ${seconds} s`,
  'source-silent': ({ source, error }) => `${source} n'a pas répondu (${error})`,
  'source-answered': ({ source, status, said }) => `${source} a répondu ${status} : ${shown(said)}`,
  'source-redirects': ({ source, status }) =>
    `${source} a répondu ${status} : les redirections ne sont pas suivies, donnez l'adresse où il mène`,
  'credentials-refused': ({ source, status, said }) =>
    `${source} refuse les identifiants, avec ${status} : ${shown(said)}`,
  'source-skipped': ({ source, asked }) => `${source} n'a pas répondu pour « ${asked} »`,
  'source-failed': ({ said, ...asked }) => `${asking(asked)} n'a pas pu répondre : ${shown(said)}`,
  'query-refused': ({ said, ...asked }) => `${asking(asked)} refuse la requête : ${shown(said)}`,
  'source-warns': ({ source, said }) => `${source} met en garde contre sa réponse : ${shown(said)}`,
  'metric-unknown': ({ source, metric }) =>
    `${source} ne connaît aucune métrique « ${metric} » depuis un jour`,

  'answer-too-large': ({ source, bytesMax }) =>
    `${source} a répondu plus de ${bytesMax} octets : demandez-en moins`,
  'answer-not-json': ({ source, type, said }) =>
    `${source} a répondu ${shown(type)}, qui n'est pas du JSON : ${shown(said)}`,
  'answer-not-promised': ({ source, path, said }) =>
    `${source} a répondu ce que son API ne promet pas, à « ${path} » : ${shown(said)}`,
  'answer-without-points': ({ source, expression, said }) =>
    `${source} : « ${expression} » n'est pas une liste de [temps, valeur] dans la réponse : ${shown(said)}`,
  'answer-to-another': ({ source, place, asked, found }) =>
    `${source} a répondu à une autre question : « ${place} » vaut « ${shown(found)} », « ${asked} » était demandé`,
  'too-many-pages': ({ source, pagesMax }) => `${source} répond en plus de ${pagesMax} pages`,
  'too-many-points': ({ source, points, pointsMax }) =>
    `${source} répond ${points} points : ${pointsMax} au plus sont lus`,
  'too-many-series': ({ source, series }) =>
    `${source} répond ${series} séries où il en faut deux au plus : faites-en la somme`,
  'several-series': ({ source, series, cohort }) =>
    `${source} répond ${series} séries${cohort === undefined ? '' : ` de ${cohort}`} où il en faut une : faites-en la somme`,
  'math-of-several': ({ source }) => `${source} répond plusieurs séries : le calcul doit en donner une`,

  'objective-without-cohorts': () =>
    "un objectif d'Application Signals ne connaît pas de cohortes : comparez avec son but",
  'cohort-not-compared': ({ source }) =>
    `la requête à ${source} contient {{cohort}}, et la mesure n'en compare pas : écrivez compare: control`,
  'cohort-not-asked': ({ source }) =>
    `la mesure compare des cohortes, et la requête à ${source} ne dit pas où elles sont : écrivez {{cohort}}`,
  'label-missing': ({ label }) =>
    `une série n'a pas d'étiquette « ${label} » : écrivez sum by (${label}) (...)`,
  'label-of-others': ({ label, values, treatment, control }) =>
    `« ${label} » vaut ${values.map(shown).join(', ')}, jamais « ${treatment} » ni « ${control} »`,
  'control-missing': () => "aucune minute ne dit ce qu'ont fait les utilisateurs sans la nouvelle version",

  'between-minutes': ({ part }) =>
    `« ${part} » a un point qui n'est pas à une minute entière : demandez-en un par minute`,
  'outside-window': ({ part, at, from, to }) =>
    `« ${part} » a un point à ${at}, demandé de ${from} à ${to} : l'heure est-elle dans l'unité qui est réglée ?`,
  'not-finite': ({ part, value, at }) =>
    `« ${part} » vaut ${value} à ${at} : 0/0 et x/0 ne sont pas des nombres`,
  'points-backwards': ({ part, before, at }) => `« ${part} » passe de ${before} à ${at}`,
  'more-bad-than-all': ({ bad, total, at }) => `${figure(bad)} mauvais sur ${figure(total)} en tout (${at})`,
  'events-negative': ({ bad, total, at }) =>
    `${figure(bad)} mauvais sur ${figure(total)} en tout : des événements ne sont pas négatifs (${at})`,
  'count-negative': ({ count, of, at }) => `${negative[of]} : ${figure(count)} (${at})`,
  'sum-of-nothing': ({ sum, at }) => `une somme de ${figure(sum)} faite de rien (${at})`,

  'not-a-minute': ({ minute }) =>
    `minute ${figure(minute)} : ce n'est pas un nombre entier de minutes depuis 1970`,
  'minutes-backwards': ({ minute, before }) => `la minute ${minute} vient après la minute ${before}`,
  'not-counts': ({ minute, n, x }) =>
    `minute ${minute} : ${figure(n)} et ${figure(x)} ne sont pas des comptes`,
  'counts-negative': ({ minute, n, x }) =>
    `minute ${minute} : ${figure(n)} et ${figure(x)}, or un compte n'est jamais négatif`,
  'more-bad-among': ({ minute, bad, among }) =>
    `minute ${minute} : ${figure(bad)} mauvais événements sur ${figure(among)}`,
  'odd-minutes': ({ cohort, odd, minutes, fault }) =>
    `${odd} minutes ${cohorts[cohort]} sur ${minutes} sont impossibles : ${say(frenchSourceFaults, fault)}`,
};
