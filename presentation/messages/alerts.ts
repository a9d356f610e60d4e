/** What roles are told the moment it happens: one file per language, the same keys held together by the compiler. */
import type { Plan } from '#domain/plan/plan.ts';
import { type AlertText, type AlertTexts, englishAlerts } from './alerts.english.ts';
import { frenchAlerts } from './alerts.french.ts';

export type { AlertText, AlertTexts };

export const alertTextsOf = (language: Plan['language']): AlertTexts =>
  ({ fr: frenchAlerts, en: englishAlerts })[language];
