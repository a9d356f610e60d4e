/** The deployment that a command works on. What the stack sets for a function, the options set here. */

import type { BasePorts } from '#application/port-groups.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { deploymentOf, tableOf } from '#domain/plan/resource-names.ts';
import { sha256 } from '#functions/runtime/sha256.ts';
import { sayRefusal } from '#presentation/messages/refusals/refusals.ts';
import { BadInput } from '../terminal/exit.ts';

export interface TableSelector {
  readonly stage?: string;
  readonly table?: string;
}

/** Throws BadInput unless exactly one of the two says where. */
export function tableName({ stage, table }: TableSelector, { product }: Pick<Plan, 'product'>): string {
  if (table !== undefined && stage === undefined) return table;
  if (stage !== undefined && table === undefined) return tableOf(deploymentOf(product, stage), 'releases');
  throw new BadInput('write where: --stage production, or --table and the name of the table of releases');
}

/** What a function with this plan would have. */
export const basePorts = (plan: Plan): BasePorts => ({
  plan,
  clock: { nowMs: () => Date.now() },
  log: { write: () => {} },
  sha256,
  sayRefusal,
});

/** The same, on the table. */
export function onTable(plan: Plan, table: string): BasePorts {
  process.env['RELEASES_TABLE'] = table;
  return basePorts(plan);
}

const advice: Readonly<Record<string, string>> = {
  ResourceNotFoundException: 'there is no such table: check --stage or --table, AWS_REGION and AWS_PROFILE',
  AccessDeniedException:
    'you may not use the table or its key: docs/operate/audience.md lists what is needed',
  CredentialsProviderError: 'there are no credentials of AWS: sign in, or set AWS_PROFILE',
  ExpiredTokenException: 'your credentials of AWS have expired: sign in again',
  UnrecognizedClientException: 'AWS does not know your credentials: check AWS_PROFILE',
  ServiceUnavailable: 'DynamoDB did not answer, or is at its limit: run the command again',
};

/** Asks AWS; what whoever runs the command can mend is BadInput. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.message === 'Region is missing')
      throw new BadInput('no region of AWS is set: set AWS_REGION, for example AWS_REGION=eu-west-3');
    const help = advice[error.name];
    throw help === undefined ? error : new BadInput(`${help} (${error.name})`);
  }
}
