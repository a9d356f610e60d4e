/** The two state machines, generated from the plan. Executions start through the alias `live` and keep their version. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Plan } from '#domain/plan/plan.ts';
import { escalationMachine } from '#statemachines/escalation.ts';
import type { StateMachineDefinition } from '#statemachines/language.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { allow } from '../iam.ts';
import { acknowledgeWildcards } from '../nag-suppressions.ts';
import { digestOf, type ResourceNames } from '../names.ts';
import { removalOf } from '../removal.ts';
import type { Stage } from '../stage.ts';

interface WorkflowProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
  readonly plan: Plan;
}

export class Workflow extends Construct {
  readonly release: StateMachine;
  readonly escalation: StateMachine;

  constructor(scope: Construct, id: string, { names, stage, plan }: WorkflowProps) {
    super(scope, id);
    const make = (
      name: 'release' | 'escalation',
      machine: (plan: Plan, step: (name: string) => string) => StateMachineDefinition,
    ) => this.#machine(name, names, stage, (step) => machine(plan, step));
    this.release = make('release', releaseMachine);
    this.escalation = make('escalation', escalationMachine);
  }

  #machine(
    name: 'release' | 'escalation',
    names: ResourceNames,
    stage: Stage,
    generate: (step: (name: string) => string) => StateMachineDefinition,
  ): StateMachine {
    const id = name === 'release' ? 'Release' : 'Escalation';
    const removalPolicy = removalOf(stage);
    const called = new Set<string>();
    const definition = generate((step) => {
      called.add(step);
      return names.functionArn(step);
    });
    // Executions under way keep the role that they began with: it is only ever widened.
    const role = new Role(this, `${id}Role`, {
      roleName: names.of(name),
      description: `What executions of the ${name} machine may do`,
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    acknowledgeWildcards(role, [
      {
        resource: '*',
        reason: 'X-Ray and the delivery of logs know no resource (service authorization reference)',
      },
    ]);
    role.addToPolicy(
      allow(
        ['lambda:InvokeFunction'],
        [...called].map((step) => names.functionArn(step)),
      ),
    );
    const machine = new StateMachine(this, id, {
      // Another name would be another machine, and running releases would be lost.
      stateMachineName: names.of(name),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(JSON.stringify(definition)),
      role,
      // Task tokens and what people wrote are execution data: they stay out of the log.
      logs: {
        level: LogLevel.ALL,
        includeExecutionData: false,
        destination: new LogGroup(this, `${id}Log`, {
          logGroupName: `/aws/vendedlogs/states/${names.of(name)}`,
          retention: stage.logDays,
          removalPolicy,
        }),
      },
      tracingEnabled: true,
      removalPolicy,
    });
    this.#live(id, machine, generate);
    return machine;
  }

  /** A version per definition, never deleted while executions may run it, and the alias through which they start. */
  #live(
    id: string,
    machine: StateMachine,
    generate: (step: (name: string) => string) => StateMachineDefinition,
  ): void {
    const digest = digestOf(generate((step) => step));
    const version = new CfnStateMachineVersion(this, `${id}Version${digest}`, {
      stateMachineArn: machine.stateMachineArn,
      description: `definition ${digest}`,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    new CfnStateMachineAlias(this, `${id}Live`, {
      name: 'live',
      description: 'Releases start here',
      routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }],
    });
  }
}
