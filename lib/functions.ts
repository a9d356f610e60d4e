/** All functions of the catalogue, by name. */
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { deployedFunctions, type Runner } from './catalogued.ts';
import { HouseFunction, type HouseFunctionProps } from './function.ts';

interface FunctionsProps extends HouseFunctionProps {
  readonly runner: Runner;
}

export class Functions extends Construct {
  readonly #byName: ReadonlyMap<string, LambdaFunction>;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    this.#byName = new Map(
      deployedFunctions(props.runner).map((one) => [one.name, new HouseFunction(this, one, props)]),
    );
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
