import { secretsManager } from '../../adapters/clients/secrets-manager.ts';
import { type ApiSettings, type HttpMetricsSettings, httpMetrics } from '../../adapters/metrics/http.ts';
import { secretText } from '../../adapters/secrets/secret.ts';
import { settings } from '../environment.ts';
import type { ProvideMetrics } from './metrics.ts';

interface Settings extends Pick<HttpMetricsSettings, 'cohort'> {
  /** With the ARN of each secret, by its name in the headers. */
  readonly apis: Readonly<
    Record<string, ApiSettings & { readonly secrets: Readonly<Record<string, string>> }>
  >;
}

export const provide: ProvideMetrics = ({ clock }) => {
  const { cohort, apis } = settings<Settings>('METRICS');
  const client = secretsManager();
  const texts = Object.fromEntries(
    Object.entries(apis).map(([api, { secrets }]) => [
      api,
      Object.entries(secrets).map(([name, id]) => [name, secretText({ client, id, clock })] as const),
    ]),
  );
  const secretsOf = async (api: string) =>
    Object.fromEntries(
      await Promise.all(
        (texts[api] ?? []).map(async ([name, text]) => [name, (await text()).trim()] as const),
      ),
    );
  return httpMetrics({ apis, cohort, secretsOf, fetch, clock });
};
