/**
 * Chance that can be repeated, number by number, in any language: sfc32 seeded by splitmix32, and the draws that the tables
 * are made of. Seed 1 begins with 0.1507055524 0.1678094778 0.6835320217 0.9219140173.
 */

export interface Random {
  /** In [0, 1), in steps of 2^-32. */
  uniform(): number;
  gauss(): number;
  poisson(mean: number): number;
  binomial(n: number, p: number): number;
  /** Failures until the first success of probability `p`, and the success: 1, 2, 3 ... */
  geometric(p: number): number;
}

/** From here on a count is drawn as a rounded normal number. */
const manyEvents = 30;

export function randomFrom(seed: number): Random {
  const next = sfc32(splitmix32(seed));
  const uniform = () => next() / 2 ** 32;
  const gauss = () => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  };

  const poisson = (mean: number) => {
    if (mean <= 0) return 0;
    if (mean >= manyEvents) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss()));
    let rest = uniform();
    let probability = Math.exp(-mean);
    let count = 0;
    while (rest > probability && count < 10 * manyEvents) {
      rest -= probability;
      count += 1;
      probability *= mean / count;
    }
    return count;
  };

  const binomial = (n: number, p: number) => {
    if (n <= 0 || p <= 0) return 0;
    if (p >= 1) return n;
    if (n * p >= manyEvents) {
      const drawn = Math.round(n * p + Math.sqrt(n * p * (1 - p)) * gauss());
      return Math.min(n, Math.max(0, drawn));
    }
    const odds = p / (1 - p);
    let rest = uniform();
    let probability = (1 - p) ** n;
    let count = 0;
    while (rest > probability && count < n) {
      rest -= probability;
      count += 1;
      probability *= ((n - count + 1) / count) * odds;
    }
    return count;
  };

  return {
    uniform,
    gauss,
    poisson,
    binomial,
    geometric: (p) => 1 + Math.floor(Math.log(1 - uniform()) / Math.log(1 - p)),
  };
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

function sfc32(seeds: () => number): () => number {
  let a = seeds() | 0;
  let b = seeds() | 0;
  let c = seeds() | 0;
  let counter = seeds() | 0;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
}
