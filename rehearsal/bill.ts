/**
 * What a release costs on AWS. Prices are of 2026-11, in dollars, without free tiers: Step Functions and Lambda arm64 in
 * eu-west-3 where known, us-east-1 otherwise; sources are the services' pricing pages.
 */

interface BillLine {
  readonly service: string;
  readonly quantity: number;
  readonly unit: string;
  readonly dollars: number;
}
export interface Bill {
  readonly stateTransitions: number;
  /** Of the longest execution; AWS ends one at 25,000. */
  readonly historyEvents: number;
  readonly lambdaInvocations: Readonly<Record<string, number>>;
  readonly schedulerInvocations: number;
  readonly mails: number;
  readonly metricsRead: number;
  readonly storeReads: number;
  readonly storeWrites: number;
  readonly lines: readonly BillLine[];
  readonly dollars: number;
}

const price = {
  stateTransition: 0.0297 / 1000,
  lambdaRequest: 0.2 / 1e6,
  /** 256 MB for 150 ms on arm64 at $0.0000133334 per GB-second. */
  lambdaRun: 0.25 * 0.15 * 0.0000133334,
  schedulerInvocation: 1 / 1e6,
  mail: 0.1 / 1000,
  metric: 0.01 / 1000,
  read: 0.125 / 1e6,
  /** Two write units each: most writes are part of a transaction. */
  write: (2 * 0.625) / 1e6,
} as const;

export function billOf(usage: Omit<Bill, 'lines' | 'dollars'>): Bill {
  const invocations = Object.values(usage.lambdaInvocations).reduce((sum, one) => sum + one, 0);
  const line = (service: string, quantity: number, unit: string, each: number): BillLine => ({
    service,
    quantity,
    unit,
    dollars: quantity * each,
  });
  const lines = [
    line('Step Functions', usage.stateTransitions, 'state transitions', price.stateTransition),
    line('Lambda', invocations, 'invocations', price.lambdaRequest + price.lambdaRun),
    line('EventBridge Scheduler', usage.schedulerInvocations, 'invocations', price.schedulerInvocation),
    line('SES', usage.mails, 'mails', price.mail),
    line('CloudWatch', usage.metricsRead, 'metrics read', price.metric),
    line('DynamoDB', usage.storeReads, 'reads', price.read),
    line('DynamoDB', usage.storeWrites, 'writes', price.write),
  ];
  return { ...usage, lines, dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0) };
}
