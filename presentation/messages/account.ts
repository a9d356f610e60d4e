/** What the account of a release says around the facts: one file per language, the same keys held together by the compiler. */
import type { Plan } from '#domain/plan/plan.ts';
import { type AccountTexts, englishAccount } from './account.english.ts';
import { frenchAccount } from './account.french.ts';

export type { AccountTexts };

export const accountTextsOf = (language: Plan['language']): AccountTexts =>
  ({ fr: frenchAccount, en: englishAccount })[language];
