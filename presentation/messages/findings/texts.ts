/** The languages in which lint speaks: one set of files each. */
import type { Language } from '../../format.ts';
import { english } from './english.ts';
import type { LintTexts } from './finding-texts.ts';
import { french } from './french.ts';

export const lintTextsOf = (language: Language): LintTexts => ({ fr: french, en: english })[language];
