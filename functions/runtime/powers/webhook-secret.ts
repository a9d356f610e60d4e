import type { Clock } from '#application/ports/ports.ts';
import { secretsManager } from '../../adapters/clients/secrets-manager.ts';
import { secretText } from '../../adapters/secrets/secret.ts';
import { settings } from '../environment.ts';

export const webhookSecret = (clock: Clock) =>
  secretText({
    client: secretsManager(),
    id: settings<{ readonly secretArn: string }>('SCRIPTS').secretArn,
    clock,
  });
