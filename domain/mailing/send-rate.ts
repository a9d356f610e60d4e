/** How fast a sender may go: a token bucket that holds one token, told as the instant at which the next token is there. */
export interface Turn {
  /** How long to wait before this one. */
  readonly waitMs: number;
  /** When the next one may go, epoch milliseconds. */
  readonly freeAtMs: number;
}

export function takeTurn(freeAtMs: number, perSecond: number, nowMs: number): Turn {
  const atMs = Math.max(freeAtMs, nowMs);
  return { waitMs: atMs - nowMs, freeAtMs: atMs + 1000 / perSecond };
}
