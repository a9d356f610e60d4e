/** What roles are told the moment it happens: one file per language, the same keys held together by the compiler. */
import type { Plan } from '#domain/plan/plan.ts';
import { englishAlerts } from './alerts.english.ts';
import { frenchAlerts } from './alerts.french.ts';

export interface AlertText {
  readonly subject: string;
  /** What has happened. */
  readonly text: string;
  /** What the reader can do now. */
  readonly next: string;
}
export type AlertTexts = typeof englishAlerts;

export const alertTextsOf = (language: Plan['language']): AlertTexts =>
  ({ fr: frenchAlerts, en: englishAlerts })[language];
