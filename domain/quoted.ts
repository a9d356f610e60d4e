/**
 * The words of a person: a reason, a comment, evidence, a title, what a script printed. They are shown letter by letter, in
 * whatever language they were typed; nothing translates, typesets or shortens them on the way to the ledger.
 */
declare const words: unique symbol;
/** A text that a person (or a person's program) wrote. Assignable to a text, never the other way round. */
export type Quoted = string & { readonly [words]: true };

/** Marks a text as somebody's words; where it comes in from outside, and nowhere else. */
export const quoted = (text: string): Quoted => text as Quoted;

/** Blanks, controls, signs that only turn or join what stands beside them, and letters that are drawn as nothing. */
const unseen = /[\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Whether there is anything to see in a text: words of nothing but invisible signs say nothing. */
export const saysSomething = (text: string): boolean => text.replaceAll(unseen, '') !== '';
