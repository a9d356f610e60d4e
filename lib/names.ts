/** The fixed names of a deployment: several plans and stages share an account, and ARNs are known before they exist. */
import { createHash } from 'node:crypto';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { deploymentOf } from '#domain/plan/resource-names.ts';

/** Tells two contents apart in a name: eight hexadecimal digits. */
export const digestOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);

/**
 * Throws RangeError when all names of one deployment could be those of another: `jalon-a-b-mail-events-dead` is an alarm of
 * `jalon-a-b`, and in a deployment `jalon-a-b-mail` it would be another one.
 */
export function refuseSharedNames(deployments: readonly string[]): void {
  for (const one of deployments) {
    const inside = deployments.find((other) => other.startsWith(`${one}-`));
    if (inside !== undefined)
      throw new RangeError(
        `the names of the deployment "${inside}" begin like those of "${one}": give its plan another product, or its stage another name`,
      );
  }
}

/** Of a Lambda function and of an IAM role. */
const nameMax = 64;

export class ResourceNames {
  readonly #scope: IConstruct;
  /** `jalon-<product>-<stage>`. */
  readonly prefix: string;

  constructor(scope: IConstruct, product: string, stage: string) {
    this.#scope = scope;
    this.prefix = deploymentOf(product, stage);
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
