/** Chance with a seed: one number makes a rehearsal repeatable bit for bit. Each subject draws from its own stream. */
import { createHash } from 'node:crypto';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Below so many expected events the normal approximation would be wrong. */
const fewEvents = 30;

interface Numbers {
  /** Of 32 bits. */
  next(): number;
}

const hashed = (subject: string) => createHash('sha256').update(subject).digest().readInt32BE(0);

/** A stream for each index of a subject: what is drawn from one depends on nothing that was drawn before. */
export function streamsOf(subject: string): (index: number) => Chance {
  const seed = hashed(subject);
  return (index) => new Chance(splitmix32(mixed(seed ^ mixed(index))));
}

/** Few numbers of many streams: made at once, which xoroshiro is not. */
function splitmix32(seed: number): Numbers {
  let state = seed;
  return {
    next: () => {
      state = (state + 0x9e3779b9) | 0;
      return mixed(state);
    },
  };
}

function mixed(word: number): number {
  let z = word ^ (word >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return z ^ (z >>> 15);
}

export class Chance {
  readonly #generator: Numbers;

  constructor(seed: number | string | Numbers) {
    this.#generator = typeof seed === 'object' ? seed : xoroshiro128plus(hashed(String(seed)));
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

  /** How many of `trials` succeed: by inversion where few do, by the normal approximation where it is good. */
  binomial(trials: number, probability: number): number {
    if (trials <= 0 || probability <= 0) return 0;
    if (probability >= 1) return trials;
    if (trials * probability < fewEvents) return this.#few(trials, probability);
    const spread = Math.sqrt(trials * probability * (1 - probability));
    return Math.min(trials, Math.max(0, Math.round(trials * probability + spread * this.normal())));
  }

  #few(trials: number, probability: number): number {
    const odds = probability / (1 - probability);
    let rest = this.uniform();
    let term = (1 - probability) ** trials;
    let successes = 0;
    while (rest > term && successes < trials) {
      rest -= term;
      successes += 1;
      term *= (odds * (trials - successes + 1)) / successes;
    }
    return successes;
  }

  /** How many events come where `mean` are expected. */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean >= fewEvents) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let rest = this.uniform();
    let term = Math.exp(-mean);
    let events = 0;
    while (rest > term && events < fewEvents * 10) {
      rest -= term;
      events += 1;
      term *= mean / events;
    }
    return events;
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
