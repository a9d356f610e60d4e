import type { Sayings } from '#domain/coded.ts';
import type { HttpRefusals } from '#domain/refusals/http.ts';

export const frenchHttp: Sayings<HttpRefusals> = {
  'no-such-route': ({ method, path }) => `il n'y a pas de ${method} ${path} : voyez docs/reference/api.md`,
  'method-not-allowed': ({ method, allowed }) =>
    `${method} n'est pas possible ici : il n'y a que ${allowed.join(', ')}`,
  'body-too-long': ({ characters, charactersMax }) =>
    `le corps a ${characters} caractères ; ${charactersMax} au plus sont permis`,
  'callback-too-long': ({ bytesMax }) => `${bytesMax} octets au plus sont permis`,
  'body-of-another-type': () => "le type du contenu n'est pas application/json : envoyez un objet JSON",
  'signature-wrong': () => "la signature manque, est fausse ou n'est pas des dernières minutes",
  fault: () => 'quelque chose a échoué ici ; le journal dit quoi',
};
