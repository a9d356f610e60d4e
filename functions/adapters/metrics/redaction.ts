/** What a provider says may stand in a result and in a log: without our secrets, without line breaks, and short. */
import { beginningOf } from '#domain/cut.ts';
import { type Quoted, quoted } from '#domain/quoted.ts';
import { saidMax } from './limits.ts';

/** As a provider may repeat a secret: plain, in JSON, in an address, in Base64. */
const formsOf = (secret: string): readonly string[] => {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    inJson,
    inJson.replaceAll('/', '\\/'),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('base64url'),
  ];
};

/** The longest form goes first, so that no end of it is left. Control characters become spaces. */
export function redacted(text: string, secrets: readonly string[]): Quoted {
  const forms = secrets
    .flatMap(formsOf)
    .filter((form) => form !== '')
    .toSorted((a, b) => b.length - a.length);
  const clean = forms.reduce((rest, form) => rest.replaceAll(form, '***'), text);
  const line = clean.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return quoted(line.length > saidMax ? `${beginningOf(line, saidMax)}…` : line);
}

/** A failure as its client names and words it. */
export const wordsOf = (error: unknown): Quoted =>
  redacted(error instanceof Error ? `${error.name}: ${error.message}` : '', []);
