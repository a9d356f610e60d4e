import type { Sayings } from '#domain/coded.ts';
import type { HttpRefusals } from '#domain/refusals/http.ts';

export const englishHttp: Sayings<HttpRefusals> = {
  'no-such-route': ({ method, path }) => `there is no ${method} ${path}: see docs/reference/api.md`,
  'method-not-allowed': ({ method, allowed }) => `${method} is not possible here: only ${allowed.join(', ')}`,
  'body-too-long': ({ characters, charactersMax }) =>
    `the body has ${characters} characters; at most ${charactersMax} are allowed`,
  'callback-too-long': ({ bytesMax }) => `at most ${bytesMax} bytes are allowed`,
  'body-of-another-type': () => 'the content type is not application/json: send a JSON object',
  'signature-wrong': () => 'the signature is missing, wrong or not of the last minutes',
  fault: () => 'something failed here; the log says what',
};
