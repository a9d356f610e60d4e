import type { Sayings } from '#domain/coded.ts';
import type { KeysInUse, KeysReused, NotPermitteds, NotSignedIns } from '#domain/refusals/access.ts';
import { operationsInFrench } from './operations.french.ts';

export const frenchAccess: Sayings<NotSignedIns & NotPermitteds & KeysInUse & KeysReused> = {
  'token-without-user': () => "le jeton ne nomme personne : connectez-vous comme utilisateur de l'annuaire",
  'token-expired': () => 'le jeton a expiré : connectez-vous à nouveau',
  'role-missing': ({ person, operation, roles, held }) =>
    `${person} ne peut pas ${operationsInFrench[operation]} : il faut un des rôles ${roles.join(', ')}, et ${held.length === 0 ? "cette personne n'en a aucun" : `les siens sont ${held.join(', ')}`}`,
  'role-not-of-gate': ({ phase, role, asked }) =>
    `la porte de « ${phase} » ne demande pas de « ${role} » : elle demande ${asked.join(', ')}`,
  'key-in-use': () => "la même commande est en cours sous cette clé d'idempotence : envoyez-la à nouveau",
  'key-reused': () => "cette clé d'idempotence a servi à une autre requête : choisissez-en une nouvelle",
};
