/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (`lib/bundles.ts`): on Lambda the credentials are in the
 * environment, and the search for others would be a third of what is loaded.
 */
import { present } from '#domain/present.ts';
import { variable } from './environment.ts';

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const defaultProvider = () => async (): Promise<Credentials> => {
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  return {
    accessKeyId: variable('AWS_ACCESS_KEY_ID'),
    secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
    ...present({ sessionToken }),
  };
};
