/** A value that changes, and what it was when: who asks later is told what was so then. */
export class Changing<T> {
  readonly #changes: { readonly fromMs: number; readonly value: T }[] = [];
  readonly #first: T;

  constructor(first: T) {
    this.#first = first;
  }

  /** Instants never go back. */
  set(fromMs: number, value: T): void {
    this.#changes.push({ fromMs, value });
  }

  get now(): T {
    return (this.#changes.at(-1) ?? { value: this.#first }).value;
  }

  at(ms: number): T {
    return (this.#changes.findLast(({ fromMs }) => fromMs <= ms) ?? { value: this.#first }).value;
  }
}
