/**
 * A secret text in AWS Secrets Manager, remembered for five minutes: so long after a change the old one may still be used.
 * IAM: secretsmanager:GetSecretValue on the secret, kms:Decrypt on its key when that is not AWS's own.
 */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '#application/ports/ports.ts';
import { minuteMs } from '#domain/time.ts';
import { ask } from '../aws-errors.ts';

export interface SecretSettings {
  readonly client: SecretsManagerClient;
  /** Name or ARN. */
  readonly id: string;
  readonly clock: Clock;
}

const keptMs = 5 * minuteMs;

/** Each call answers the text. Throws ServiceUnavailable; a secret that is not there or not a text is a fault. */
export function secretText({ client, id, clock }: SecretSettings): () => Promise<string> {
  let kept: { readonly text: string; readonly untilMs: number } | undefined;
  return async () => {
    if (kept && clock.nowMs() < kept.untilMs) return kept.text;
    const { SecretString } = await ask('Secrets Manager', () =>
      client.send(new GetSecretValueCommand({ SecretId: id })),
    );
    if (SecretString === undefined) throw new TypeError(`the secret ${id} holds no text`);
    kept = { text: SecretString, untilMs: clock.nowMs() + keptMs };
    return SecretString;
  };
}
