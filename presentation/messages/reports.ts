/** What the team's reports say around the facts: one file per language, the same keys held together by the compiler. */
import type { Plan } from '#domain/plan/plan.ts';
import { englishReports, type ReportTexts } from './reports.english.ts';
import { frenchReports } from './reports.french.ts';

export type { ReportTexts };

export const reportTextsOf = (language: Plan['language']): ReportTexts =>
  ({ fr: frenchReports, en: englishReports })[language];
