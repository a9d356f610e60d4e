import type { Provide } from './power.ts';

/** For runners without callbacks: nobody has a secret, so nothing is believed. */
export const provide: Provide<'signatures'> = () => ({ verify: async () => false });
