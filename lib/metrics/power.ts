/** Reading metrics: the settings and the permissions of the providers that the plan's checks need, and of no other. */
import { Aws } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Plan } from '#domain/plan/plan.ts';
import type { ProviderName } from '#functions/runtime/powers/bundled.ts';
import { allow, type Grant, unscoped } from '../iam.ts';
import type { Wildcard } from '../nag-suppressions.ts';
import type { Stage } from '../stage.ts';
import { providersOf } from './providers.ts';

/** What a provider adds to the settings that all of them have, and what it may do. */
interface Needs {
  readonly settings?: object;
  readonly secretArns?: readonly string[];
  readonly statements?: readonly PolicyStatement[];
  readonly wildcards?: readonly Wildcard[];
}

const needs: Readonly<Record<ProviderName, (plan: Plan, stage: Stage) => Needs>> = {
  cloudwatch: () => ({ statements: [allow(['cloudwatch:GetMetricData'], ['*'])], wildcards: [unscoped] }),
  'application-signals': (plan) => ({ statements: [readObjectives(plan)] }),
  'self-hosted-prometheus': (_, { metrics: { prometheus } }) => ({
    settings: { prometheus },
    secretArns: prometheus?.service === 'self-hosted' ? [prometheus.secretArn] : [],
  }),
  'amazon-prometheus': (_, { metrics: { prometheus } }) => ({
    settings: { prometheus },
    statements:
      prometheus?.service === 'amazon'
        ? [allow(['aps:QueryMetrics', 'aps:GetLabels'], [prometheus.workspaceArn])]
        : [],
  }),
  http: (plan, stage) => {
    const apis = apisIn(plan, stage);
    return {
      settings: { apis },
      secretArns: Object.values(apis).flatMap((api) => Object.values(api.secrets)),
    };
  },
};
export const providerNames = Object.keys(needs) as ProviderName[];

export function metricsPower(plan: Plan, stage: Stage): Grant {
  const used = Object.values(providersOf(plan, stage));
  const all = providerNames.filter((name) => used.includes(name)).map((name) => needs[name](plan, stage));
  const { cohort, lagMinutes } = stage.metrics;
  const secrets = [...new Set(all.flatMap(({ secretArns = [] }) => secretArns))];
  const wildcards = all.flatMap((one) => one.wildcards ?? []);
  return {
    environment: {
      METRICS: JSON.stringify(Object.assign({ cohort, lagMinutes }, ...all.map(({ settings }) => settings))),
    },
    statements: [
      ...all.flatMap(({ statements = [] }) => statements),
      ...(secrets.length > 0 ? [allow(['secretsmanager:GetSecretValue'], secrets)] : []),
    ],
    ...(wildcards.length > 0 ? { wildcards } : {}),
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
