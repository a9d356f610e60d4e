/** Constats sur ceux qui approuvent et ceux qu'on appelle, en français. */
import type { PeopleFindings } from '#domain/lint/findings.ts';
import type { FindingTexts } from './finding-texts.ts';

export const frenchPeople: FindingTexts<PeopleFindings> = {
  placeholder: ({ role, member }) =>
    member === 'holder'
      ? {
          message: `${role} : le titulaire n'est pas renseigné`,
          allowed: "le nom d'une personne ou d'une équipe",
          fix: 'écrivez le titulaire avant le début du déploiement',
        }
      : {
          message: `${role} : le contact n'est pas renseigné`,
          allowed: 'une adresse e-mail ou un numéro de téléphone',
          fix: 'écrivez le contact avant le début du déploiement',
        },
  'criterion-without-approver': ({ role, asked }) => ({
    message: `le rôle « ${role} » décide d'un critère et n'est pas consulté à cette porte`,
    allowed: asked.join(', ') || "aucun rôle n'est consulté à cette porte",
    fix: 'ajoutez le rôle à approvals.roles, ou liez le critère à un autre',
  }),
  'too-few-approvers': ({ peopleMin, roles }) => ({
    message: `${peopleMin} personnes doivent approuver et seulement ${roles} ${roles > 1 ? 'rôles sont consultés' : 'rôle est consulté'}`,
    allowed: `${roles} au plus`,
    fix: 'consultez plus de rôles ou demandez moins de personnes',
  }),
  'approver-nobody-holds': ({ role, external }) => ({
    message: external
      ? `« ${role} » est hors de l'équipe et ne peut pas approuver`
      : `personne ne tient le rôle « ${role} »`,
    allowed: "un rôle de l'équipe qui a un titulaire",
    fix: 'nommez un titulaire ou consultez un autre rôle',
  }),
  'no-escalation': () => ({
    message: "un incident n'appellerait personne",
    allowed: 'au moins un niveau',
    fix: "dites qui est appelé d'abord, et qui ensuite, faute de réponse",
  }),
  'escalation-order': ({ expected }) => ({
    message: "les niveaux ne comptent pas 1, 2, 3 … dans l'ordre",
    allowed: `${expected}`,
    fix: "numérotez et rangez les niveaux dans l'ordre où l'escalade les monte",
  }),
  'level-without-contact': ({ level, role }) => ({
    message: `le niveau ${level} appelle « ${role} », qui n'a pas de contact`,
    allowed: 'un rôle qui a un contact',
    fix: `écrivez roles.${role}.contact`,
  }),
  'severity-twice': ({ severity, severities }) => ({
    message: `deux niveaux sont le premier de la gravité « ${severity} »`,
    allowed: severities.join(', '),
    fix: 'donnez à chaque gravité un seul premier niveau',
  }),
  'measure-without-reporter': ({ measure }) => ({
    message: `des contrôles demandent « ${measure} », que des personnes rapportent, et personne n'en a le droit`,
    allowed: "une ligne avec des rôles, et des bornes pour la valeur et pour le nombre d'observations",
    fix: `ajoutez la ligne « ${measure} »`,
  }),
  'unknown-incident-count': ({ measure, known }) => ({
    message: `le registre ne compte pas « ${measure} »`,
    allowed: known.join(', '),
    fix: "demandez l'un de ceux-ci",
  }),
  'measure-not-reported': ({ measure, by }) => ({
    message:
      by === 'nobody'
        ? `aucun contrôle ne demande « ${measure} »`
        : `« ${measure} » ${by === 'users' ? 'vient des réponses des utilisateurs' : 'est compté par le journal'}, et personne ne peut le rapporter`,
    allowed: 'ce que des contrôles demandent et que des personnes rapportent',
    fix: 'retirez la ligne, ou corrigez son nom',
  }),
  'measure-of-nobody': ({ measure }) => ({
    message: `aucun rôle ne peut rapporter « ${measure} »`,
    allowed: "au moins un rôle de l'équipe",
    fix: 'nommez les rôles qui connaissent le nombre',
  }),
  'bounds-reversed': ({ min, max }) => ({
    message: `le minimum, ${min}, dépasse le maximum, ${max}`,
    allowed: `${max} au plus`,
    fix: 'échangez les deux nombres',
  }),
  'severity-without-level': ({ severity }) => ({
    message: `aucun niveau n'est le premier de la gravité « ${severity} » : elle commence au plus bas`,
    allowed: 'un niveau pour chaque gravité',
    fix: 'donnez-lui un niveau, si le plus bas ne convient pas',
  }),
};
