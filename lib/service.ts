/** One plan on AWS: what there is, and who may do what to it. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Plan } from '#domain/plan/plan.ts';
import { Api } from './api/api.ts';
import type { Bundles } from './bundles.ts';
import { Calendar } from './calendar/calendar.ts';
import { Communications } from './communications/communications.ts';
import { Events } from './events/events.ts';
import { leaveOut } from './excluded-types.ts';
import { ExposureConfiguration } from './exposure/exposure.ts';
import { Functions } from './functions.ts';
import { ResourceNames } from './names.ts';
import { Operations } from './operations/operations.ts';
import { Pages } from './pages/pages.ts';
import { powersOf } from './powers.ts';
import { Scripts } from './scripts/scripts.ts';
import type { Stage } from './stage.ts';
import { deadLetterQueue } from './storage/queue.ts';
import { Storage } from './storage/storage.ts';
import { UploadStorage } from './uploads/uploads.ts';
import { Workflow } from './workflow/workflow.ts';

interface ServiceProps extends StackProps {
  readonly plan: Plan;
  readonly stage: Stage;
  readonly bundles: Bundles;
}

export class Service extends Stack {
  constructor(scope: Construct, id: string, { plan, stage, bundles, ...props }: ServiceProps) {
    super(scope, id, props);
    const names = new ResourceNames(this, plan.product, stage.name);

    const storage = new Storage(this, 'Storage', { names, stage });
    const deadLetters = deadLetterQueue(this, 'DeadLetters', names.of('dead-letters'));
    const calendar = new Calendar(this, 'Calendar', { names, deadLetters });
    const communications = new Communications(this, 'Communications', { names, stage });
    const uploads = new UploadStorage(this, 'Uploads', { names, stage });
    const exposure = new ExposureConfiguration(this, 'Exposure', { names, stage });
    const api = new Api(this, 'Api', { names, stage, plan });
    const scripts = new Scripts(this, 'Scripts', { names, stage, callbackUrl: api.callbackUrl });
    const pages = new Pages(this, 'Pages', { names, stage, pagesUrl: api.httpApi.apiEndpoint });

    const resources = { storage, deadLetters, calendar, communications, uploads, exposure, scripts, pages };
    const powers = powersOf({ names, stage, plan, ...resources });
    const queueWorkers = { ...communications.queues, ...uploads.queues };
    const functions = new Functions(this, 'Functions', {
      names,
      stage,
      bundles,
      powers,
      deadLetters,
      queueWorkers,
    });

    const workflow = new Workflow(this, 'Workflow', { names, stage, plan });
    new Events(this, 'Events', { names, stage, functions, calendar, communications, uploads, deadLetters });
    api.serve(functions);
    const watched = { storage, deadLetters, calendar, communications, uploads, workflow, functions, api };
    new Operations(this, 'Operations', { names, stage, title: plan.title, ...watched });

    const outputs = { ...api.outputs, ...scripts.outputs, ...uploads.outputs };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
    if (stage.permissionsBoundary !== undefined) {
      const boundary = ManagedPolicy.fromManagedPolicyName(this, 'Boundary', stage.permissionsBoundary);
      PermissionsBoundary.of(this).apply(boundary);
    }
    leaveOut(this, stage.leaveOut);
  }
}
