/** How far a rehearsal is: one line, rewritten, and only for a person at a terminal. */

import type { LedgerEntry } from '#domain/ledger/entries.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { type Format, formatOf, type Language } from '#presentation/format.ts';
import type { Texts } from '#presentation/messages/texts.ts';

const everyMs = 50;

export class Progress {
  readonly #plan: Plan;
  readonly #texts: Texts;
  readonly #format: Format;
  readonly #write: ((text: string) => void) | undefined;
  #at: string | undefined;
  #phase = '';
  #exposure = 0;
  #shownMs = Number.NEGATIVE_INFINITY;

  /** `write` is absent when nobody watches. */
  constructor(plan: Plan, language: Language, texts: Texts, write?: (text: string) => void) {
    this.#plan = plan;
    this.#texts = texts;
    this.#format = formatOf(language, plan.timeZone);
    this.#write = write;
  }

  /** `nowMs` is the real time, by which the line is rewritten now and then. */
  hear({ at, fact }: LedgerEntry, nowMs: number): void {
    this.#at = at;
    if (fact.type === 'phase.opened') {
      this.#phase = this.#plan.phases.find(({ id }) => id === fact.phase)?.name ?? fact.phase;
    }
    if (fact.type === 'exposure.changed') this.#exposure = fact.to;
    if (this.#write === undefined || nowMs - this.#shownMs < everyMs) return;
    this.#shownMs = nowMs;
    this.#write(`\r\u001b[2K${this.#texts.progress(this.#format.moment(at), this.#phase, this.#exposure)}`);
  }

  clear(): void {
    this.#write?.('\r\u001b[2K');
  }

  /** What had been reached, for who interrupts. */
  reached(): string {
    if (this.#at === undefined) return this.#texts.interruptedEarly;
    return this.#texts.interrupted(this.#format.moment(this.#at), this.#phase, this.#exposure);
  }
}
