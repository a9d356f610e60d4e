/** The stack as it would be deployed, made once per test file: real bundles, real template. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type Bundles, bundle } from '#lib/bundles.ts';
import { Service } from '#lib/service.ts';
import { planAsDeployed, readStages, type Stage } from '#lib/stage.ts';
import { loadPlan } from '#plans/plan-file.ts';

/** A stage with everything that may be left out. */
export const settings = {
  plan: 'plans/technicia.yaml',
  region: 'eu-west-3',
  mail: {
    domain: 'technicia.example',
    from: { name: 'Technicia', address: 'deploiement@technicia.example' },
  },
  scripts: {
    runner: 'run-command',
    servers: { tag: 'jalon:server', values: ['technicia'] },
    directory: 'C:\\technicia',
  },
  metrics: {
    cohort: { dimension: 'cohort', treatment: 'new', control: 'old' },
    prometheus: {
      service: 'self-hosted',
      url: 'https://prometheus.technicia.example',
      scheme: 'bearer',
      secretArn: 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:prometheus-AbCdEf',
    },
  },
  operators: ['exploitation@technicia.example'],
  alarms: ['technicia-5xx'],
};

/** The settings of the runners that `settings` has not. */
export const otherRunners = {
  codedeploy: {
    runner: 'codedeploy',
    application: 'technicia',
    deploymentGroup: 'production',
    revisionBucket: 'technicia-revisions',
  },
  webhook: {
    runner: 'webhook',
    url: 'https://pipeline.example/',
    secretArn: 'arn:aws:secretsmanager:eu-west-3:123456789012:secret:jalon-abcdef',
  },
};

export function stageOf(changes: Readonly<Record<string, unknown>> = {}): Stage {
  const [stage] = readStages({ test: { ...settings, ...changes } });
  if (!stage) throw new Error('no stage');
  return stage;
}

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}
export interface Synthesized {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly template: Template;
  /** By logical id, of a type or all. */
  resources(type?: string): Readonly<Record<string, Resource>>;
}

/** Gone when the process ends. */
export function folderForNow(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-synth-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** For what the template says whatever the code does: bundles of nothing, made at once. */
export function emptyBundles(): Bundles {
  const folder = join(folderForNow(), 'bundle');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => {};');
  return { folder: () => folder, metafiles: new Map() };
}

/** An app to put services into. */
export const appForNow = () => new App({ outdir: join(folderForNow(), 'out') });

export async function synthesize(
  changes: Readonly<Record<string, unknown>> = {},
  { bundled = true } = {},
): Promise<Synthesized> {
  const stage = stageOf(changes);
  const plan = planAsDeployed(loadPlan(stage.plan), stage);
  const bundles = bundled ? await bundle(plan, stage, join(folderForNow(), 'bundles')) : emptyBundles();
  const service = new Service(appForNow(), 'test', { plan, stage, bundles, env: { region: stage.region } });
  return { stage, bundles, ...templateOf(service) };
}

export function templateOf(service: Service): Pick<Synthesized, 'template' | 'resources'> {
  const template = Template.fromStack(service);
  const all = template.toJSON()['Resources'] as Record<string, Resource>;
  return {
    template,
    resources: (type) =>
      Object.fromEntries(Object.entries(all).filter(([, { Type }]) => type === undefined || Type === type)),
  };
}
