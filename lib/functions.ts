/** All functions of the catalogue, by name, and the log that they share. */
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { deployedFunctions } from './deployed-functions.ts';
import { StandardFunction, type StandardFunctionProps } from './function.ts';
import { removalOf } from './removal.ts';
import type { Stage } from './stage.ts';

interface FunctionsProps extends Omit<StandardFunctionProps, 'logGroup'> {
  readonly stage: Stage;
}

export class Functions extends Construct {
  readonly logGroup: LogGroup;
  readonly #byName: ReadonlyMap<string, LambdaFunction>;

  constructor(scope: Construct, id: string, { stage, ...props }: FunctionsProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/jalon/${props.names.prefix}`,
      retention: stage.logDays,
      removalPolicy: removalOf(stage),
    });
    const { logGroup } = this;
    this.#byName = new Map(
      deployedFunctions(stage.scripts.runner).map((one) => [
        one.name,
        new StandardFunction(this, one, { ...props, logGroup }),
      ]),
    );
  }

  /** In the order of the catalogue. */
  get all(): readonly LambdaFunction[] {
    return [...this.#byName.values()];
  }

  find(name: string): LambdaFunction | undefined {
    return this.#byName.get(name);
  }

  /** Throws RangeError when the catalogue has no such function. */
  get(name: string): LambdaFunction {
    const found = this.#byName.get(name);
    if (found) return found;
    throw new RangeError(`there is no function "${name}" in functions/catalogue.ts`);
  }
}
