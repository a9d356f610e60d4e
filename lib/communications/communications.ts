/** Mail: the identity that signs it, what SES tells about each, and the queues between deciding and sending. */
import { ArnFormat } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { functionSeconds } from '../function.ts';
import { allow, type Powers, unscoped } from '../iam.ts';
import type { ResourceNames } from '../names.ts';
import type { Stage } from '../stage.ts';
import { deadLetterQueue, workQueue } from '../storage/queue.ts';

/** A job comes back every 12 minutes while SES is busy or its daily quota is used up: five days. */
const jobDeliveriesMax = 600;
const eventDeliveriesMax = 5;
/** The fewest that a queue can be limited to; SES's rate is the limit, not the number of senders. */
export const sendersMax = 2;

type MailPowers = Pick<Powers, 'mailQueue' | 'mailer' | 'quota' | 'notifier'>;

interface CommunicationsProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
}

export class Communications extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly jobs: Queue;
  readonly deadJobs: Queue;
  /** What SES says of mails, on its way to `mail-event`. */
  readonly events: Queue;
  readonly deadEvents: Queue;
  /** By the function that works on it. */
  readonly queues: Readonly<Record<string, Queue>>;
  readonly powers: MailPowers;

  constructor(scope: Construct, id: string, { names, stage }: CommunicationsProps) {
    super(scope, id);
    const { mail } = stage;
    const identity = mail.createsIdentity
      ? new EmailIdentity(this, 'Identity', { identity: Identity.domain(mail.domain) })
      : EmailIdentity.fromEmailIdentityName(this, 'Identity', mail.domain);
    this.configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      configurationSetName: names.of('mail'),
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });

    this.deadJobs = deadLetterQueue(this, 'DeadJobs', names.of('mail-jobs-dead'));
    this.jobs = workQueue(this, 'Jobs', {
      queueName: names.of('mail-jobs'),
      deadLetters: this.deadJobs,
      deliveriesMax: jobDeliveriesMax,
      hiddenSeconds: 6 * functionSeconds.worker,
    });
    this.deadEvents = deadLetterQueue(this, 'DeadEvents', names.of('mail-events-dead'));
    this.events = workQueue(this, 'Events', {
      queueName: names.of('mail-events'),
      deadLetters: this.deadEvents,
      deliveriesMax: eventDeliveriesMax,
      hiddenSeconds: 6 * functionSeconds.worker,
    });

    this.queues = { 'mail-job': this.jobs, 'mail-event': this.events };
    const sent = [
      identity.emailIdentityArn,
      names.arn('ses', 'configuration-set', names.of('mail'), ArnFormat.SLASH_RESOURCE_NAME),
    ];
    this.powers = powersOf(stage, { configurationSet: names.of('mail'), sent, jobs: this.jobs });
  }
}

interface MailResources {
  readonly configurationSet: string;
  /** What SES asks permission for when a mail is sent. */
  readonly sent: readonly string[];
  readonly jobs: Queue;
}

function powersOf({ mail, alerts }: Stage, { configurationSet, sent, jobs }: MailResources): MailPowers {
  const send = (action: string) =>
    new PolicyStatement({
      actions: [action],
      resources: [...sent],
      conditions: { StringEquals: { 'ses:FromAddress': mail.from.address } },
    });
  const quota = [allow(['ses:GetSendQuota'], ['*'])];
  const secrets = alerts.map(({ secretArn }) => secretArn);
  return {
    mailQueue: {
      environment: { MAIL_QUEUE: jobs.queueUrl },
      statements: [allow(['sqs:SendMessage'], [jobs.queueArn])],
    },
    quota: { environment: {}, statements: quota, wildcards: [unscoped] },
    mailer: {
      environment: { MAILER: JSON.stringify({ from: mail.from, configurationSet, senders: sendersMax }) },
      statements: [send('ses:SendRawEmail'), ...quota],
      wildcards: [unscoped],
    },
    notifier: {
      environment: {
        NOTIFIER: JSON.stringify({ from: mail.from.address, configurationSet }),
        ...(alerts.length === 0 ? {} : { CHATS: JSON.stringify(alerts) }),
      },
      statements: [
        send('ses:SendEmail'),
        ...(alerts.length === 0 ? [] : [allow(['secretsmanager:GetSecretValue'], secrets)]),
      ],
    },
  };
}
