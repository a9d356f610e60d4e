/** What the resources of a deployment are called: on AWS, and by whoever looks for them there. */

export const deploymentOf = (product: string, stage: string): string => `jalon-${product}-${stage}`;

export const tableOf = (deployment: string, table: 'releases' | 'waits'): string => `${deployment}-${table}`;
