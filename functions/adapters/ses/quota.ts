/**
 * What SES still lets this account send, asked at most once a minute: GetSendQuota itself may be asked once a second.
 * IAM: ses:GetSendQuota, which knows no resource.
 */
import { GetSendQuotaCommand, type SESClient } from '@aws-sdk/client-ses';
import type { SendQuota } from '#application/ports/mail.ts';
import type { Clock } from '#application/ports/ports.ts';
import type { Allowance } from '#domain/mailing/daily-quota.ts';
import { minuteMs } from '#domain/time.ts';
import { ask } from '../aws-errors.ts';

export interface QuotaSettings {
  readonly client: SESClient;
  readonly clock: Clock;
}
const freshMs = minuteMs;
/** What SES says of an account without a daily limit. */
const unlimited = -1;

/** Throws ServiceUnavailable. */
export function sesQuota({ client, clock }: QuotaSettings): SendQuota {
  let known: { readonly allowance: Allowance; readonly readMs: number } | undefined;
  return {
    async read() {
      const nowMs = clock.nowMs();
      if (known === undefined || nowMs >= known.readMs + freshMs)
        known = { allowance: await askFor(client), readMs: nowMs };
      return known.allowance;
    },
  };
}

async function askFor(client: SESClient): Promise<Allowance> {
  const {
    Max24HourSend = 0,
    MaxSendRate = 1,
    SentLast24Hours = 0,
  } = await ask('SES', () => client.send(new GetSendQuotaCommand({})));
  const mailsLeft =
    Max24HourSend === unlimited ? Number.POSITIVE_INFINITY : Math.max(0, Max24HourSend - SentLast24Hours);
  return { mailsPerSecond: MaxSendRate, mailsLeft };
}
