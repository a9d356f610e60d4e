import { type Sayings, say } from '#domain/coded.ts';
import type {
  LaunchImpossible,
  LaunchPast,
  LedgerMoved,
  ProductTaken,
  ReleaseMissing,
  ReleaseStatus,
  ReleaseTaken,
  StartEnded,
  VersionBad,
} from '#domain/refusals/release.ts';

export const frenchStatuses: Readonly<Record<ReleaseStatus, string>> = {
  active: 'en cours',
  completed: 'terminé',
  'rolled-back': 'annulé par un retour arrière',
  abandoned: 'abandonné',
  'rollback-failed': 'arrêté par un retour arrière en échec',
  aborted: 'interrompu',
};

const taken = (release: string, difference: string) =>
  `le déploiement « ${release} » existe déjà : ${difference} ; choisissez un autre identifiant`;
const members = { version: 'une autre version', startedBy: 'une autre personne' } as const;

const endings = {
  succeeded: "s'est achevée",
  failed: 'a échoué',
  'timed-out': 'a dépassé son délai',
  aborted: 'a été arrêtée',
} as const;

export const frenchReleases: Sayings<
  ReleaseMissing &
    StartEnded &
    ReleaseTaken &
    ProductTaken &
    VersionBad &
    LaunchPast &
    LaunchImpossible &
    LedgerMoved
> = {
  'no-such-release': ({ release }) =>
    `il n'y a pas de déploiement « ${release} » : vérifiez l'identifiant, ou démarrez-le`,
  'release-starting': ({ release, by, at }) =>
    `le déploiement « ${release} » a été demandé par ${by} à ${at} et n'est pas encore admis : redemandez dans une minute`,
  'release-not-started': ({ release, by, at, because }) =>
    `le déploiement « ${release} », demandé par ${by} à ${at}, n'a pas démarré : ${say(frenchReleases, because)}`,
  'start-ended': ({ status }) =>
    `son exécution ${endings[status]} avant de l'admettre ; démarrez-le à nouveau`,
  'release-exists': ({ release, status }) =>
    taken(release, status === 'unknown' ? 'on ne sait pas où il en est' : `il est ${frenchStatuses[status]}`),
  'release-started-otherwise': ({ release, differs }) =>
    taken(release, `il a été démarré avec ${differs.map((one) => members[one]).join(' et ')}`),
  'release-starting-otherwise': ({ release }) =>
    taken(release, 'il est en train de démarrer avec une autre entrée'),
  'release-start-refused': ({ release, times }) =>
    taken(release, `son premier état l'a refusé ${times} fois`),
  'release-of-another-execution': ({ release, execution }) =>
    taken(release, `il est conduit par ${execution}`),
  'product-busy': ({ product, release }) =>
    `le produit « ${product} » est en cours de déploiement par « ${release} » : un produit n'a qu'un déploiement à la fois ; attendez sa fin ou interrompez-le`,
  'version-marked-bad': ({ version, release, reason }) =>
    `la version « ${version} » a été jugée mauvaise dans « ${release} » (${reason}) : déployez une autre version`,
  'launch-day-past': ({ launchDay, today }) =>
    `le jour J ${launchDay} est passé (nous sommes le ${today}) : donnez un jour à partir d'aujourd'hui`,
  'launch-day-impossible': ({ launchDay, first, last }) =>
    `le jour J ${launchDay} ne peut pas être tenu : avant le ${first}, ce qui vient d'abord ne peut pas être fini, et après le ${last}, l'exécution s'arrêterait avant la fin ; donnez un jour du ${first} au ${last}`,
  'ledger-moved-on': ({ release, seq }) =>
    `le déploiement « ${release} » a avancé depuis le numéro ${seq} de son registre : relisez-le, puis décidez à nouveau`,
};
