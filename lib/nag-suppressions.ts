/**
 * Findings of cdk-nag that are meant to be so. Each is acknowledged beside what causes it, with the reason; nothing is waved
 * through by pattern, so the next wildcard is a finding again.
 */
import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Rule id -> reason, for a construct and what is below it. */
export function acknowledge(scope: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(scope).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** A resource with a wildcard in it (an ARN, perhaps with tokens), and why it cannot be narrower. */
export interface Wildcard {
  readonly resource: string;
  readonly reason: string;
}

export function acknowledgeWildcards(scope: IConstruct, wildcards: readonly Wildcard[]): void {
  const stack = Stack.of(scope);
  for (const { resource, reason } of wildcards) {
    acknowledge(scope, { [`AwsSolutions-IAM5[Resource::${named(stack.resolve(resource))}]`]: reason });
  }
}

/** A resolved ARN as cdk-nag writes it: `<LogicalId.Attribute>` for what CloudFormation fills in. */
function named(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const [[intrinsic, operand] = []] = Object.entries(resolved as Record<string, unknown>);
  if (intrinsic === 'Ref') return `<${String(operand)}>`;
  if (intrinsic === 'Fn::GetAtt') return `<${(operand as string[]).join('.')}>`;
  if (intrinsic === 'Fn::Join') return (operand as [string, unknown[]])[1].map(named).join('');
  throw new RangeError(`${intrinsic} in an ARN: say in lib/findings.ts how cdk-nag writes it`);
}
