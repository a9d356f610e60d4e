/**
 * Stages -> stacks. The stages are in `cdk.json`; `npx cdk deploy -c stage=production` deploys one, `npx cdk synth` checks
 * them all.
 */
import { join } from 'node:path';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { deploymentOf } from '#domain/plan/resource-names.ts';
import { bundle } from '#lib/bundles.ts';
import { refuseSharedNames } from '#lib/names.ts';
import { loadPlan } from '#lib/plan.ts';
import { Service } from '#lib/service.ts';
import { planAsDeployed, readStages } from '#lib/stage.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));

const stages = readStages(app.node.tryGetContext('stages'), app.node.tryGetContext('stage'));
const deployments = stages.map((stage) => {
  const plan = planAsDeployed(loadPlan(stage.plan), stage);
  return { id: deploymentOf(plan.product, stage.name), plan, stage };
});
refuseSharedNames(deployments.map(({ id }) => id));

for (const { id, plan, stage } of deployments) {
  const service = new Service(app, id, {
    plan,
    stage,
    bundles: await bundle(plan, stage, join(app.outdir, 'bundles', id)),
    env: { region: stage.region, ...(stage.account === undefined ? {} : { account: stage.account }) },
    description: `Jalon conducts releases of ${plan.product} (${stage.name})`,
    terminationProtection: stage.keepsData,
  });
  Tags.of(service).add('jalon:product', plan.product);
  Tags.of(service).add('jalon:stage', stage.name);
}
