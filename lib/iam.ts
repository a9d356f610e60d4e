/** Permissions: what a power costs, and statements on nothing but what they are for. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Power } from '#application/port-groups.ts';
import type { Wildcard } from './nag-suppressions.ts';

export interface Grant {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
  /** Why some of the statements' resources are as wide as they are. */
  readonly wildcards?: readonly Wildcard[];
}

export type Powers = Readonly<Record<Power, Grant>>;

/** The few actions that AWS grants on everything or not at all; `test/infra/least-privilege.test.ts` lists them. */
export const unscoped: Wildcard = {
  resource: '*',
  reason: 'The service knows no resource for these reads (service authorization reference)',
};

export const allow = (actions: readonly string[], resources: readonly string[]) =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });
