/** What keyed commands were answered, in memory. */
import type { KeptAnswer, KeptAnswers, KeyClaim, KeyedRequest } from '#application/ports/idempotency.ts';
import { dayMs, minuteMs } from '#domain/time.ts';

const keptMs = dayMs;
const heldMs = minuteMs;

interface Held {
  readonly digest: string;
  readonly claimedAtMs: number;
  readonly answer?: KeptAnswer;
}
const place = ({ caller, key }: KeyedRequest) => JSON.stringify([caller, key]);

export class MemoryAnswers implements KeptAnswers {
  readonly #held = new Map<string, Held>();

  async claim(request: KeyedRequest, atMs: number): Promise<KeyClaim> {
    const { digest } = request;
    const held = this.#held.get(place(request));
    if (held === undefined || isFree(held, digest, atMs)) {
      this.#held.set(place(request), { digest, claimedAtMs: atMs });
      return { status: 'yours' };
    }
    if (held.digest !== digest) return { status: 'other' };
    return held.answer === undefined ? { status: 'under-way' } : { status: 'answered', answer: held.answer };
  }

  async keep(request: KeyedRequest, claimedAtMs: number, answer: KeptAnswer): Promise<void> {
    const held = this.#mine(request, claimedAtMs);
    if (held) this.#held.set(place(request), { ...held, answer });
  }

  async giveBack(request: KeyedRequest, claimedAtMs: number): Promise<void> {
    if (this.#mine(request, claimedAtMs)) this.#held.delete(place(request));
  }

  #mine(request: KeyedRequest, claimedAtMs: number): Held | undefined {
    const held = this.#held.get(place(request));
    return held?.claimedAtMs === claimedAtMs && held.answer === undefined ? held : undefined;
  }
}

const isFree = (held: Held, digest: string, atMs: number) =>
  held.claimedAtMs <= atMs - keptMs ||
  (held.answer === undefined && held.digest === digest && held.claimedAtMs <= atMs - heldMs);
