/**
 * A process that dies once, between two calls to ports or in the middle of one: there is a moment before and after each, and
 * they are counted. Once dead it does nothing more, whatever its code catches, until another process comes (`revive`).
 */
export class OneDeath {
  readonly #at: number;
  #moments = 0;
  #dead = false;

  /** `at`: the moment, counted from 0; never, unless given. */
  constructor(at = Number.POSITIVE_INFINITY) {
    this.#at = at;
  }

  /** Answers for the chance of a crash (`crashing`). */
  happens(): boolean {
    if (this.#moments === this.#at) this.#dead = true;
    this.#moments += 1;
    return this.#dead;
  }

  revive(): void {
    this.#dead = false;
  }

  /** Moments that there have been so far. */
  get moments(): number {
    return this.#moments;
  }

  get happened(): boolean {
    return this.#moments > this.#at;
  }
}
