/** What tells people of Jalon itself: alarms with their impact and their page of the runbook, and one dashboard. */
import { Aws, Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  MathExpression,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { pascalCase } from '../function.ts';
import { acknowledge } from '../nag-suppressions.ts';
import type { Stage } from '../stage.ts';
import { type AlarmRow, alarmRows, type Watched } from './alarms.ts';

const columns = 24;
const graphWidth = 12;

interface OperationsProps extends Watched {
  readonly stage: Stage;
  readonly title: string;
}

export class Operations extends Construct {
  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { names, stage, title } = props;
    const topic = new Topic(this, 'Operators', {
      topicName: names.of('operators'),
      displayName: `Jalon ${title}`,
      enforceSSL: true,
    });
    acknowledge(topic, {
      'Serverless-SNSRedrivePolicy': 'Mail subscriptions have no dead letters; the alarm itself stays red',
    });
    // The policy that asks for TLS replaces the default one, which let the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    for (const address of stage.operators) topic.addSubscription(new EmailSubscription(address));
    // Left out before anything names them, as the dashboard does.
    const withoutExpressions = stage.leaveOut.includes('AWS::CloudWatch::Alarm.Metrics');
    const rows = alarmRows(this, props).filter(
      ({ metric }) => !(withoutExpressions && metric instanceof MathExpression),
    );
    const alarms = rows.map((row) => this.#alarm(row, names.of(nameOf(row)), topic));

    const graph = (row: AlarmRow) =>
      new GraphWidget({ title: nameOf(row), width: graphWidth, height: 5, left: [row.metric] });
    new Dashboard(this, 'Dashboard', {
      dashboardName: names.of('operations'),
      defaultInterval: Duration.days(7),
      widgets: [
        [
          new TextWidget({
            width: columns,
            height: 2,
            markdown: `# Jalon: ${title}\nEach alarm has its heading in docs/operate/runbook.md.`,
          }),
        ],
        [new AlarmStatusWidget({ title: 'Alarms', width: columns, height: 6, alarms })],
        ...pairs(rows.map(graph)),
      ],
    });
  }

  #alarm(row: AlarmRow, alarmName: string, topic: Topic) {
    const { name, impact, metric, threshold, comparison, periods = 1, missing } = row;
    const alarm = new Alarm(this, pascalCase(nameOf(row)), {
      alarmName,
      alarmDescription: `${impact}\nWhat to do: docs/operate/runbook.md#${name}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }
}

const nameOf = ({ name, part }: AlarmRow) => (part === undefined ? name : `${name}-${part}`);

const pairs = <T>(items: readonly T[]): T[][] =>
  items.flatMap((item, index) => (index % 2 === 0 ? [[item, ...items.slice(index + 1, index + 2)]] : []));
