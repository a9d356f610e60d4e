/** Says a refusal to whoever reads it: the one place where its code and parameters become a sentence. */
import { type Sayings, say } from '#domain/coded.ts';
import type { Refusal, Refusals } from '#domain/refusals/refusals.ts';
import type { Language } from '../../format.ts';
import { englishRefusals } from './refusals.english.ts';
import { frenchRefusals } from './refusals.french.ts';

const sayings: Readonly<Record<Language, Sayings<Refusals>>> = { en: englishRefusals, fr: frenchRefusals };

export const sayRefusal = (language: Language, refusal: Refusal): string =>
  say<Refusals, Refusal['code']>(sayings[language], refusal);
