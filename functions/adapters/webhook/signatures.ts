/** Who has the secret that both sides of the webhook sign with. */
import type { Clock } from '#application/ports/ports.ts';
import type { Signatures } from '#application/ports/scripts.ts';
import { verify } from './standard-webhooks.ts';

export interface SignaturesSettings {
  /** Throws ServiceUnavailable. */
  readonly secret: () => Promise<string>;
  readonly clock: Clock;
}

export const webhookSignatures = ({ secret, clock }: SignaturesSettings): Signatures => ({
  verify: async ({ headers, body }) => verify(await secret(), headers, clock.nowMs(), body),
});
