import { secretsManager } from '../../adapters/clients/secrets-manager.ts';
import { hmacLinks } from '../../adapters/links/links.ts';
import { secretText } from '../../adapters/secrets/secret.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';

export const provide: Provide<'links'> = ({ clock }) => {
  const { secretArn, pagesUrl } = settings<{ readonly secretArn: string; readonly pagesUrl: string }>(
    'LINKS',
  );
  return hmacLinks({ secret: secretText({ client: secretsManager(), id: secretArn, clock }), pagesUrl });
};
