/**
 * The generator of the note that the tests come from, to the bit: the same seeds give the same blocks, so that its tables can
 * be compared cell by cell.
 */

export interface Chances {
  /** At least 0 and below 1. */
  uniform(): number;
  normal(): number;
  poisson(mean: number): number;
  binomial(trials: number, probability: number): number;
}

/** sfc32, seeded by four outputs of splitmix32. */
export function chancesOf(seed: number): Chances {
  let z = seed | 0;
  const split = (): number => {
    z = (z + 0x9e3779b9) | 0;
    let one = z;
    one = Math.imul(one ^ (one >>> 16), 0x21f0aaad);
    one = Math.imul(one ^ (one >>> 15), 0x735a2d97);
    return (one ^ (one >>> 15)) | 0;
  };
  let [a, b, c, d] = [split(), split(), split(), split()];
  const uniform = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2 ** 32;
  };
  const normal = (): number => {
    const first = 1 - uniform();
    return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * uniform());
  };
  return {
    uniform,
    normal,
    poisson(mean) {
      if (mean <= 0) return 0;
      if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      let x = uniform();
      let p = Math.exp(-mean);
      let k = 0;
      while (x > p && k < 1000) {
        x -= p;
        k += 1;
        p *= mean / k;
      }
      return k;
    },
    binomial(trials, probability) {
      if (trials <= 0 || probability <= 0) return 0;
      const mean = trials * probability;
      if (mean >= 30) {
        const spread = Math.sqrt(mean * (1 - probability));
        return Math.min(trials, Math.max(0, Math.round(mean + spread * normal())));
      }
      let x = uniform();
      let p = (1 - probability) ** trials;
      const odds = probability / (1 - probability);
      let k = 0;
      while (x > p && k < trials) {
        x -= p;
        k += 1;
        p *= (odds * (trials - k + 1)) / k;
      }
      return k;
    },
  };
}
