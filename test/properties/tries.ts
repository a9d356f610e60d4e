/** How often a long property is tried, and how large its world is. */
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly tries: 'few' | 'all';
  }
}

/** `all` in `npm run test:properties`, which continuous integration runs on every change; `few` in `npm test`. */
export const tries = ({ all, few }: { readonly all: number; readonly few: number }): number =>
  inject('tries') === 'all' ? all : few;
