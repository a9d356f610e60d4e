import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { patient, shared } from './patience.ts';

export const secretsManager = shared(() => new SecretsManagerClient(patient));
