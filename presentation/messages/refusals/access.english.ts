import type { Sayings } from '#domain/coded.ts';
import type { KeysInUse, KeysReused, NotPermitteds, NotSignedIns } from '#domain/refusals/access.ts';
import { operationsInEnglish } from './operations.english.ts';

export const englishAccess: Sayings<NotSignedIns & NotPermitteds & KeysInUse & KeysReused> = {
  'token-without-user': () => 'the token names nobody: sign in as a user of the pool',
  'token-expired': () => 'the token has expired: sign in again',
  'role-missing': ({ person, operation, roles, held }) =>
    `${person} may not ${operationsInEnglish[operation]}: it takes one of the roles ${roles.join(', ')}, and theirs are: ${held.join(', ') || 'none'}`,
  'role-not-of-gate': ({ phase, role, asked }) =>
    `the gate of "${phase}" asks no "${role}": it asks ${asked.join(', ')}`,
  'key-in-use': () => 'the same command is being carried out under this idempotency key: send it again',
  'key-reused': () => 'this idempotency key was used for another request: choose a new one',
};
