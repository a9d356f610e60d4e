/** What the rows of orders are made of. */
import type { Order, Typed, TypedOption } from '../command-spec.ts';

export const release = '/releases/{releaseId}';
export const inPhase = `${release}/phases/{phase}`;

export const phase: Typed = { name: 'phase', help: 'a phase of the plan, by its id' };
export const text = (name: string, help: string): TypedOption => ({
  ...{ name, help, required: true },
  flags: `--${name} <text>`,
});
export const reason = text('reason', 'why; it is kept in the ledger');
export const comment = text('comment', 'what is said with it; it is kept in the ledger');
export const order = (
  name: string,
  says: string,
  path: string,
  typed: Pick<Order, 'arguments' | 'options' | 'body' | 'destructive'>,
  en: string,
  fr: string,
): Order => ({ method: 'POST', ...{ name, says, path }, ...typed, done: { en, fr } });
