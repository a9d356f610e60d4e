/** The fixed names of a deployment: several plans and stages share an account, and ARNs are known before they exist. */
import { createHash } from 'node:crypto';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Tells two contents apart in a name: eight hexadecimal digits. */
export const digestOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);

/** Of a Lambda function and of an IAM role. */
const nameMax = 64;

export class Names {
  readonly #scope: IConstruct;
  /** `jalon-<product>-<stage>`. */
  readonly prefix: string;

  constructor(scope: IConstruct, product: string, stage: string) {
    this.#scope = scope;
    this.prefix = `jalon-${product}-${stage}`;
  }

  /** Throws RangeError when it would be longer than AWS takes. */
  of(name: string): string {
    const full = `${this.prefix}-${name}`;
    if (full.length <= nameMax) return full;
    throw new RangeError(
      `"${full}" has ${full.length} characters; at most ${nameMax} are allowed: shorten the product's id in the plan, or the stage's name`,
    );
  }

  /** The ARN before the resource exists: a function that a machine calls may name the machine without a circle. */
  arn(
    service: string,
    resource: string,
    name: string,
    format: ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
  ): string {
    return Stack.of(this.#scope).formatArn({
      service,
      resource,
      resourceName: name,
      arnFormat: format,
    });
  }

  functionArn(name: string): string {
    return this.arn('lambda', 'function', this.of(name));
  }
  machineArn(name: 'release' | 'escalation'): string {
    return this.arn('states', 'stateMachine', this.of(name));
  }
  executionArns(name: 'release' | 'escalation'): string {
    return this.arn('states', 'execution', `${this.of(name)}:*`);
  }
}
