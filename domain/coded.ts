/**
 * What the program says, before it is said: a code and its parameters, of a closed set. A sentence is made where it is shown,
 * in the reader's language (`presentation/messages/`), so that the ledger, an answer and a finding speak none.
 */

/** One member of a set of codes `M`, which maps each code to the shape of its parameters. */
export type Coded<M> = {
  [C in keyof M & string]: { readonly code: C; readonly params: M[C] };
}[keyof M & string];

/** How a language says each member of a set of codes; the compiler refuses one that is missing. */
export type Sayings<M> = {
  readonly [C in keyof M & string]: (params: M[C]) => string;
};

/** Says one member of a set. */
export const say = <M, C extends keyof M & string>(
  sayings: Sayings<M>,
  { code, params }: { readonly code: C; readonly params: M[C] },
): string => sayings[code](params);
