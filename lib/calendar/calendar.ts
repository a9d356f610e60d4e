/** EventBridge Scheduler: the group in which releases put their ticks and dates, and who calls their targets. */
import { ArnFormat } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow, type Grant, unscoped } from '../iam.ts';
import type { ResourceNames } from '../names.ts';

interface CalendarProps {
  readonly names: ResourceNames;
  /** Gets what Scheduler could not deliver. */
  readonly deadLetters: Queue;
}

/** Functions that run once an hour (`lib/events/events.ts`). */
const hourly = ['reconcile', 'sweep-audience'] as const;

export class Calendar extends Construct {
  readonly group: ScheduleGroup;
  /** What Scheduler becomes: it may call the functions that wake a release, and nothing else. */
  readonly role: Role;
  readonly power: Grant;

  constructor(scope: Construct, id: string, { names, deadLetters }: CalendarProps) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group', { scheduleGroupName: names.of('schedules') });
    const targetArns = { tick: names.functionArn('tick'), date: names.functionArn('date-reached') };
    this.role = new Role(this, 'Role', {
      roleName: names.of('scheduler'),
      description: 'EventBridge Scheduler, for schedules of this deployment only',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { ArnEquals: { 'aws:SourceArn': this.group.scheduleGroupArn } },
      }),
    });
    this.role.addToPolicy(
      allow(
        ['lambda:InvokeFunction'],
        [...Object.values(targetArns), ...hourly.map((name) => names.functionArn(name))],
      ),
    );
    this.role.addToPolicy(allow(['sqs:SendMessage'], [deadLetters.queueArn]));
    const schedules = names.arn(
      'scheduler',
      'schedule',
      `${names.of('schedules')}/*`,
      ArnFormat.SLASH_RESOURCE_NAME,
    );
    this.power = {
      environment: {
        SCHEDULES: JSON.stringify({
          group: names.of('schedules'),
          roleArn: this.role.roleArn,
          targetArns,
          deadLetterArn: deadLetters.queueArn,
        }),
      },
      statements: [
        allow(
          ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'],
          [schedules],
        ),
        allow(['scheduler:ListSchedules'], ['*']),
        new PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [this.role.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
        }),
      ],
      wildcards: [
        unscoped,
        { resource: schedules, reason: 'Schedules of this deployment: releases name them' },
      ],
    };
  }
}
