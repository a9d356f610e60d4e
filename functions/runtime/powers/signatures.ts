import { webhookSignatures } from '../../adapters/signatures.webhook.ts';
import type { Provide } from './power.ts';
import { webhookSecret } from './webhook-secret.ts';

export const provide: Provide<'signatures'> = ({ clock }) =>
  webhookSignatures({ secret: webhookSecret(clock), clock });
