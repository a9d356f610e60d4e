/** The cause that a brake gives to a refusal, in words. */
import type { Because } from '#domain/refusals/because.ts';
import { frenchPhrases } from '../phrases.french.ts';

export const becauseInEnglish = (because: Because): string => because;

export const becauseInFrench = (because: Because): string =>
  frenchPhrases.reduce((said, [pattern, words]) => said.replace(pattern, words), because);
