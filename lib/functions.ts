/** All functions of the catalogue, by name. */
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { deployedFunctions } from './catalogued.ts';
import { HouseFunction, type HouseFunctionProps } from './function.ts';

export class Functions extends Construct {
  readonly #byName: ReadonlyMap<string, LambdaFunction>;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    this.#byName = new Map(deployedFunctions.map((one) => [one.name, new HouseFunction(this, one, props)]));
  }

  /** Throws RangeError when the catalogue has no such function. */
  get(name: string): LambdaFunction {
    const found = this.#byName.get(name);
    if (found) return found;
    throw new RangeError(`there is no function "${name}" in functions/catalogue.ts`);
  }
}
