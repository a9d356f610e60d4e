/** A stage may do without resources of some types: what an emulator does not know. Nothing else refers to them. */
import { CfnResource, type Stack } from 'aws-cdk-lib';

export function leaveOut(stack: Stack, types: readonly string[]): void {
  for (const one of stack.node.findAll()) {
    if (CfnResource.isCfnResource(one) && types.includes(one.cfnResourceType))
      one.node.scope?.node.tryRemoveChild(one.node.id);
  }
}
