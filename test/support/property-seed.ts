/**
 * Properties draw a new seed in every run, unless one is given: `PROPERTY_SEED=7 npx vitest run test/properties`. It is read
 * in `vitest.config.ts` and nowhere else. A failure prints `{ seed, path }`: with that seed the same runs come again, and
 * both as arguments of the `fc.assert` that failed run its counterexample alone.
 */
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** As it was given. */
    readonly propertySeed: string | undefined;
  }
}

const given = inject('propertySeed');
if (given !== undefined) {
  const seed = Number(given);
  // Taken for a random one, another number would seem to pass.
  if (given.trim() === '' || !Number.isInteger(seed) || seed !== (seed | 0))
    throw new RangeError(`PROPERTY_SEED is "${given}": a whole number of 32 bits is allowed`);
  // Few tests have properties, so few load it.
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed });
}
