/** Commands that are sent twice. */

/** A command that carries an idempotency key: who gave it, under which key, and a digest of what it asks for. */
export interface KeyedRequest {
  readonly caller: string;
  readonly key: string;
  readonly digest: string;
}
export interface KeptAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/**
 * `yours`: carry it out, then keep its answer or give the key back. `under-way`: somebody else holds the key, for a minute at
 * most. `other`: the key was used for another request. `answered`: it was carried out, and this came of it.
 */
export type KeyClaim =
  | { readonly status: 'yours' | 'under-way' | 'other' }
  | { readonly status: 'answered'; readonly answer: KeptAnswer };
/** What keyed commands were answered, for a day. A claim is known by its instant. */
export interface KeptAnswers {
  /** One caller at a time gets `yours`; whoever does neither keep nor give back loses it after a minute. */
  claim(request: KeyedRequest, atMs: number): Promise<KeyClaim>;
  /** Nothing happens when the claim of that instant was lost. */
  keep(request: KeyedRequest, claimedAtMs: number, answer: KeptAnswer): Promise<void>;
  /** Nothing was decided: the key is free again. Nothing happens when the claim was lost. */
  giveBack(request: KeyedRequest, claimedAtMs: number): Promise<void>;
}
