/** Chance with a seed: one number makes a rehearsal repeatable bit for bit. Each subject draws from its own stream. */
import { createHash } from 'node:crypto';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export class Chance {
  readonly #generator;

  constructor(seed: number | string) {
    this.#generator = xoroshiro128plus(createHash('sha256').update(String(seed)).digest().readInt32BE(0));
  }

  /** At least 0 and below 1. */
  uniform(): number {
    return (this.#generator.next() >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + this.uniform() * (high - low);
  }

  happens(probability: number): boolean {
    return probability > 0 && this.uniform() < probability;
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** How many of `trials` succeed: the normal approximation, which is close enough for a world of people. */
  binomial(trials: number, probability: number): number {
    const spread = Math.sqrt(trials * probability * (1 - probability));
    return Math.min(trials, Math.max(0, Math.round(trials * probability + spread * this.normal())));
  }

  uuid(): string {
    const word = () =>
      Math.floor(this.uniform() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    const hex = word() + word() + word() + word();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
