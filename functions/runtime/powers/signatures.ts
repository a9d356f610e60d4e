import { webhookSignatures } from '../../adapters/webhook/signatures.ts';
import type { Provide } from './power.ts';
import { webhookSecret } from './webhook-secret.ts';

export const provide: Provide<'signatures'> = ({ clock }) =>
  webhookSignatures({ secret: webhookSecret(clock), clock });
