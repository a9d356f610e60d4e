/** Files of users on their way into the audience: a bucket that forgets them soon, and a queue of those that came. */
import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { reportsFolder, uploadsFolder } from '#functions/adapters/s3/uploads-folders.ts';
import { functionSeconds } from '../function.ts';
import { allow, type Grant } from '../iam.ts';
import { acknowledge } from '../nag-suppressions.ts';
import type { ResourceNames } from '../names.ts';
import { removalOf } from '../removal.ts';
import type { Stage } from '../stage.ts';
import { deadLetterQueue, workQueue } from '../storage/queue.ts';

/** Addresses of all users: long enough to look into a report, no longer. */
const keptDays = 7;
/** An import that does not fit into a quarter of an hour goes on with the next delivery: five hours in all. */
const deliveriesMax = 20;

interface UploadsProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
}

export class UploadStorage extends Construct {
  readonly bucket: Bucket;
  readonly arrived: Queue;
  readonly dead: Queue;
  /** By the function that works on it. */
  readonly queues: Readonly<Record<string, Queue>>;
  readonly power: Grant;
  readonly outputs: Readonly<Record<'UploadsBucket', string>>;

  constructor(scope: Construct, id: string, { names, stage }: UploadsProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // A version that nobody sees would keep what was to be forgotten.
      versioned: false,
      lifecycleRules: [
        { expiration: Duration.days(keptDays), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: removalOf(stage),
    });
    // `eventBridgeEnabled` would add a function of the CDK's own for this one setting.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    acknowledge(this.bucket, {
      'AwsSolutions-S1': 'Files of a few days, put by few people; CloudTrail tells by whom',
      'Serverless-S3Versioning': 'A version that nobody sees would keep what was to be forgotten',
    });
    this.dead = deadLetterQueue(this, 'Dead', names.of('uploads-dead'));
    this.arrived = workQueue(this, 'Arrived', {
      queueName: names.of('uploads'),
      deadLetters: this.dead,
      deliveriesMax,
      // At once when the function has used up its time: it gives back what it has not finished.
      hiddenSeconds: functionSeconds.importer,
    });
    this.queues = { 'import-audience': this.arrived };
    const files = { uploads: `${uploadsFolder}*`, reports: `${reportsFolder}*` };
    const arns = {
      uploads: this.bucket.arnForObjects(files.uploads),
      reports: this.bucket.arnForObjects(files.reports),
    };
    this.power = {
      environment: { UPLOADS_BUCKET: this.bucket.bucketName },
      statements: [allow(['s3:GetObject'], [arns.uploads]), allow(['s3:PutObject'], [arns.reports])],
      wildcards: [
        { resource: arns.uploads, reason: 'Whatever the files of users are called' },
        { resource: arns.reports, reason: 'A report is called after its file' },
      ],
    };
    this.outputs = { UploadsBucket: this.bucket.bucketName };
  }
}
