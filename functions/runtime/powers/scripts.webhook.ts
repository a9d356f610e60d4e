import { type PipelineWebhookSettings, webhookScripts } from '../../adapters/webhook/scripts.ts';
import { settings } from '../environment.ts';
import type { Provide } from './power.ts';
import { provide as scriptReports } from './script-reports.ts';
import { webhookSecret } from './webhook-secret.ts';

export const provide: Provide<'scripts'> = (base) =>
  webhookScripts({
    ...settings<Pick<PipelineWebhookSettings, 'url' | 'callbackUrl' | 'timeoutMs'>>('SCRIPTS'),
    secret: webhookSecret(base.clock),
    fetch,
    clock: base.clock,
    reports: scriptReports(base),
  });
