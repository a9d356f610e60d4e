/** The catalogue of what the timeline says: one file per language, the same keys held together by the compiler. */
import type { Language } from '../format.ts';
import type { Texts } from './english.ts';

export type { Texts };

/** Loads one language only. */
export async function textsOf(language: Language): Promise<Texts> {
  if (language === 'fr') return (await import('./french.ts')).french;
  return (await import('./english.ts')).english;
}
