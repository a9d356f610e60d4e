import { type WebhookSettings, webhookScripts } from '../../adapters/webhook/scripts.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';
import { provide as scriptReports } from './script-reports.ts';
import { webhookSecret } from './webhook-secret.ts';

export const provide: Provide<'scripts'> = (always) =>
  webhookScripts({
    ...settings<Pick<WebhookSettings, 'url' | 'callbackUrl' | 'timeoutMs'>>('SCRIPTS'),
    secret: webhookSecret(always.clock),
    fetch,
    clock: always.clock,
    reports: scriptReports(always),
  });
