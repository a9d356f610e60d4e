/**
 * Why something happened, waits or is wrong, wherever the program itself says so: a code and its parameters, which are ids,
 * numbers, instants and words that somebody quoted. Never a sentence: `presentation/messages/` says each in the reader's language.
 */
import type { Coded } from '../coded.ts';

type Nothing = Readonly<Record<never, never>>;

/** What keeps a release from going on, though never from going back. */
interface Blockers {
  /** The release is paused. */
  readonly paused: Nothing;
  /** The version was found to be bad. */
  readonly 'bad-version': { readonly version: string };
  /** A freeze window of the plan, by its id, until an instant. */
  readonly freeze: { readonly freeze: string; readonly until: string };
}
export type Blocker = Coded<Blockers>;
