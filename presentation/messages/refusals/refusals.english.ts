/** What refusals say in English. */
import type { Sayings } from '#domain/coded.ts';
import type { Refusals } from '#domain/refusals/refusals.ts';
import { englishAccess } from './access.english.ts';
import { englishHttp } from './http.english.ts';
import { englishInvalidInputs } from './invalid-input.english.ts';
import { englishNotAllowed } from './not-allowed-now.english.ts';
import { englishNotFounds } from './not-found.english.ts';
import { englishReleases } from './release.english.ts';
import { englishServices } from './services.english.ts';

export const englishRefusals: Sayings<Refusals> = {
  ...englishInvalidInputs,
  ...englishNotFounds,
  ...englishReleases,
  ...englishNotAllowed,
  ...englishAccess,
  ...englishServices,
  ...englishHttp,
};
