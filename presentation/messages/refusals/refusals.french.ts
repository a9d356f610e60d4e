/** What refusals say in French. */
import type { Sayings } from '#domain/coded.ts';
import type { Refusals } from '#domain/refusals/refusals.ts';
import { frenchAccess } from './access.french.ts';
import { frenchHttp } from './http.french.ts';
import { frenchInvalidInputs } from './invalid-input.french.ts';
import { frenchNotAllowed } from './not-allowed-now.french.ts';
import { frenchNotFounds } from './not-found.french.ts';
import { frenchReleases } from './release.french.ts';
import { frenchServices } from './services.french.ts';

export const frenchRefusals: Sayings<Refusals> = {
  ...frenchInvalidInputs,
  ...frenchNotFounds,
  ...frenchReleases,
  ...frenchNotAllowed,
  ...frenchAccess,
  ...frenchServices,
  ...frenchHttp,
};
