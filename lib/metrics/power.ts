/** Reading metrics: the settings and the permissions of the providers that the plan's checks need, and of no other. */
import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Plan } from '#domain/plan/plan.ts';
import { allow, type Grant, unscoped } from '../powers.ts';
import type { Stage } from '../stage.ts';
import { type ProviderName, providersOf } from './providers.ts';

export function metricsPower(plan: Plan, stage: Stage): Grant {
  const providers = Object.values(providersOf(plan, stage));
  const { cohort, lagMinutes, prometheus } = stage.metrics;
  const apis = apisIn(plan, stage);
  const has = (name: ProviderName) => providers.includes(name);
  const settings = {
    ...{ cohort, lagMinutes },
    ...(has('self-hosted-prometheus') || has('amazon-prometheus') ? { prometheus } : {}),
    ...(has('http') ? { apis } : {}),
  };
  const secrets = [
    ...(has('self-hosted-prometheus') && prometheus?.service === 'self-hosted' ? [prometheus.secretArn] : []),
    ...Object.values(apis).flatMap((api) => Object.values(api.secrets)),
  ];
  return {
    environment: { METRICS: JSON.stringify(settings) },
    statements: [
      ...(has('cloudwatch') ? [allow(['cloudwatch:GetMetricData'], ['*'])] : []),
      ...(has('application-signals') ? [readObjectives(plan)] : []),
      ...(has('amazon-prometheus') && prometheus?.service === 'amazon'
        ? [allow(['aps:QueryMetrics', 'aps:GetLabels'], [prometheus.workspaceArn])]
        : []),
      ...(secrets.length > 0 ? [allow(['secretsmanager:GetSecretValue'], [...new Set(secrets)])] : []),
    ],
    ...(has('cloudwatch') ? { wildcards: [unscoped] } : {}),
  };
}

/** Those that a check names. */
function apisIn({ checks }: Plan, { metrics }: Stage): Stage['metrics']['apis'] {
  const named = new Set(
    Object.values(checks).flatMap(({ source }) => (source.kind === 'http' ? [source.api] : [])),
  );
  return Object.fromEntries(Object.entries(metrics.apis).filter(([name]) => named.has(name)));
}

/** The plan's own objectives, each by its name or its ARN. */
function readObjectives({ checks }: Plan): PolicyStatement {
  const objectives = Object.values(checks).flatMap(({ source }) =>
    source.kind === 'application-signals' && source.query !== undefined ? [source.query] : [],
  );
  const arnOf = (name: string) =>
    name.startsWith('arn:')
      ? name
      : `arn:${Aws.PARTITION}:application-signals:${Aws.REGION}:${Aws.ACCOUNT_ID}:slo/${name}`;
  return allow(
    ['application-signals:BatchGetServiceLevelObjectiveBudgetReport'],
    [...new Set(objectives)].map(arnOf),
  );
}
