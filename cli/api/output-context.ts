/** What every page is told with: the words of a language, dates of a time zone, marks. */
import { type Format, formatOf, type Language } from '#presentation/format.ts';
import { type CauseTexts, plainNames } from '#presentation/messages/causes.ts';
import { type Texts, textsOf } from '#presentation/messages/texts.ts';
import { type Paint, paintFor } from '../terminal/paint.ts';
import type { ProcessEnvironment } from './process-context.ts';
import { english } from './texts.english.ts';
import { french } from './texts.french.ts';

export interface Telling {
  readonly words: typeof english;
  readonly texts: Texts;
  /** What the ledger's codes say; things have their ids, for there is no plan here. */
  readonly says: CauseTexts;
  readonly format: Format;
  readonly paint: Paint;
  readonly timeZone: string;
  readonly language: Language;
}

export async function tellingOf(
  { environment, timeZone, isTerminal }: ProcessEnvironment,
  asked: Language | undefined,
): Promise<Telling> {
  const language = asked ?? languageOf(environment);
  const texts = await textsOf(language);
  const format = formatOf(language, timeZone);
  return {
    words: language === 'fr' ? french : english,
    texts,
    says: texts.causes(plainNames(format)),
    format,
    paint: paintFor({ isTTY: isTerminal }, environment),
    timeZone,
    language,
  };
}

/** As POSIX looks for it; English unless it is French. */
function languageOf(environment: ProcessEnvironment['environment']): Language {
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return locale.startsWith('fr') ? 'fr' : 'en';
}
