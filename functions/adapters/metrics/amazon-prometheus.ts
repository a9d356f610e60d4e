/** Metrics from a workspace of Amazon Managed Service for Prometheus, asked with the function's own role. */
import { type PrometheusSettings, prometheusMetrics } from './prometheus.ts';
import type { Provider } from './provider.ts';
import { authorizeBySignature, type SigningSettings } from './signature-v4.ts';

export interface AmazonPrometheusSettings extends Omit<PrometheusSettings, 'url' | 'authorize'> {
  /** `arn:aws:aps:<region>:<account>:workspace/<id>` */
  readonly workspaceArn: string;
  readonly credentials: SigningSettings['credentials'];
}

/** IAM: aps:QueryMetrics and aps:GetLabels on the workspace. */
export function amazonPrometheusMetrics({
  workspaceArn,
  credentials,
  ...settings
}: AmazonPrometheusSettings): Provider {
  const [, , , region = '', , resource = ''] = workspaceArn.split(':');
  const id = resource.slice('workspace/'.length);
  return prometheusMetrics({
    ...settings,
    url: `https://aps-workspaces.${region}.amazonaws.com/workspaces/${id}`,
    authorize: authorizeBySignature({ region, service: 'aps', credentials }),
  });
}
