import type { Sayings } from '#domain/coded.ts';
import type { InvalidInputs } from '#domain/refusals/invalid-input.ts';
import { violationsInFrench } from './contract.french.ts';

const kinds = {
  list: 'une liste',
  null: 'null',
  string: 'un texte',
  number: 'un nombre',
  boolean: 'un booléen',
};
/** Members of a trouble: names of the plan's things are what they ask for. */
const troubles = {
  check: 'la mesure',
  script: 'le script',
  phase: 'la phase',
  gate: 'la phase (gate)',
  untilHeld: 'la phase (untilHeld)',
};

export const frenchInvalidInputs: Sayings<Omit<InvalidInputs, 'body-too-long'>> = {
  'contract-broken': ({ of, violations }) => `${of} : ${violationsInFrench(violations)}`,
  'execution-input-broken': ({ violations }) => `l'entrée de l'exécution : ${violationsInFrench(violations)}`,
  'body-broken': ({ violations }) => violationsInFrench(violations),

  'body-not-utf8': () => "le corps n'est pas en UTF-8, ou pas en Base64 bien que la requête le dise",
  'body-not-json': () => "le corps n'est pas du JSON : il faut un objet JSON",
  'body-not-object': ({ is }) => `le corps est ${kinds[is]} : il faut un objet JSON`,
  'body-too-deep': ({ levelsMax }) => `le corps s'imbrique sur plus de ${levelsMax} niveaux`,
  'body-member-twice': () => "le corps nomme deux fois un membre d'un objet",
  'key-malformed': () =>
    "l'en-tête Idempotency-Key n'est pas une clé : il faut de 1 à 128 caractères visibles, par exemple un UUID",

  'level-not-for-order': ({ order }) =>
    `un niveau et un composant vont avec l'ordre « roll-back », pas avec « ${order} »`,
  'rollback-without-level': ({ levels }) =>
    `un retour arrière se demande à un niveau : nommez-le, parmi ${levels.join(', ')}`,
  'level-without-component': ({ level, known }) =>
    `le niveau « ${level} » porte sur un composant : nommez-le, parmi ${known.join(', ')}`,
  'no-such-component': ({ component, known }) =>
    `le composant « ${component} » n'est pas dans le plan : il a ${known.join(', ')}`,
  'no-such-script': ({ script, known }) =>
    `le script « ${script} » n'est pas dans le plan : il a ${known.join(', ')}`,
  'no-such-escalation-level': ({ level }) => `le plan n'a pas de niveau d'escalade ${level}`,
  'observation-not-planned': ({ phase }) =>
    `la phase « ${phase} » n'a pas d'observation : cet état ne devrait pas exister`,
  'measure-out-of-bounds': ({ measure, number, given, min, max }) =>
    `${number === 'value' ? 'la valeur' : "le nombre d'échantillons"} de « ${measure} » ne peut pas être ${given} : le plan admet de ${min} à ${max}`,
  'false-alarm-without-comment': () =>
    "une fausse alerte rend son temps à l'observation : dites dans « comment » ce qui le montre",
  'criterion-of-approval': ({ criterion, role }) =>
    `le critère « ${criterion} » dépend de l'approbation de ${role}`,
  'no-such-role': ({ role, known }) =>
    `le rôle « ${role} » n'est pas dans le plan : il a ${known.join(', ')}`,
  'trouble-not-in-plan': ({ member, value, known }) =>
    `${troubles[member]} « ${value} » n'est pas dans le plan : il a ${known.join(', ')}`,
  'speed-malformed': ({ speed }) =>
    `la vitesse est « ${speed} » : écrivez temps virtuel / temps réel, par exemple 1d/10s ou 1h/1s, 30d/1s au plus, ou « stopped »`,
  'length-malformed': ({ length, daysMax }) =>
    `la durée est « ${length} » : écrivez un nombre et s, m, h ou d, par exemple 6h, ${daysMax}d au plus`,

  'file-of-no-format': ({ name }) =>
    `le fichier s'appelle ${name} : son nom doit finir par .csv, .jsonl ou .ndjson, qui dit comment le lire`,
  'file-changed': () =>
    "le fichier a changé pendant sa lecture : rien n'a été importé, importez-le à nouveau",
  'upload-replaced': () =>
    "le fichier déposé a été retiré ou remplacé avant d'être lu : le plus récent compte",
  'upload-gone': ({ upload }) => `le fichier déposé « ${upload} » n'est plus là`,

  'marker-too-long': ({ marker, charactersMax }) =>
    `le marqueur « ${marker} » a ${marker.length} caractères ; ${charactersMax} au plus sont permis : raccourcissez l'identifiant de la phase ou du script`,
  'argument-lost': ({ argument, value, script, choosing }) =>
    `l'argument ${argument}="${value}" de ${script} ne peut pas atteindre le script : CodeDeploy n'en transmet aucun ; seuls ${choosing.join(' et ')} choisissent une révision, et déploiement, phase et tentative sont dans le marqueur`,
  'revision-part-malformed': ({ part }) =>
    `« ${part} » ne peut pas faire partie de la clé d'une révision : de 1 à 100 lettres, chiffres et . _ + - sont permis, le premier une lettre ou un chiffre`,
};
