/** A refusal as `docs/reference/refusals.md` shows it: when it comes, and parameters to say it with. */

export type RefusalExamples<M> = {
  readonly [C in keyof M]: { readonly when: string; readonly params: M[C] };
};
