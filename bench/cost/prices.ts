/**
 * What AWS asks for each thing that a release uses, in dollars, before free tiers. Step Functions is of eu-west-3 (Paris);
 * all else is of us-east-1, because the prices of Paris could not be read: expect them up to a fifth higher.
 */

export interface Price {
  readonly service: string;
  readonly unit: string;
  readonly dollars: number;
  /** The dollars are for so many units. */
  readonly per: number;
  readonly region: 'eu-west-3' | 'us-east-1';
  /**
   * `snapshot`: a copy of the service's own price table. `quoted`: others quote that table. `memory`: not verified.
   * None was read on the day of the bill.
   */
  readonly evidence: 'snapshot' | 'quoted' | 'memory';
  /** Units a month that cost nothing, for ever and for the whole account; offers for a first year are left out. */
  readonly freePerMonth?: number;
}

const east = { region: 'us-east-1' } as const;

export const prices = {
  stateTransition: {
    service: 'Step Functions',
    unit: 'state transitions',
    dollars: 0.0297,
    per: 1000,
    region: 'eu-west-3',
    evidence: 'snapshot',
    freePerMonth: 4000,
  },
  lambdaRequest: {
    service: 'Lambda',
    unit: 'invocations',
    dollars: 0.2,
    per: 1e6,
    ...east,
    evidence: 'quoted',
    freePerMonth: 1e6,
  },
  /** arm64. Tables of regional prices list the regions that differ, and Paris is not among them. */
  lambdaGbSecond: {
    service: 'Lambda',
    unit: 'GB-seconds',
    dollars: 0.0000133334,
    per: 1,
    ...east,
    evidence: 'quoted',
    freePerMonth: 400_000,
  },
  scheduleFired: {
    service: 'EventBridge Scheduler',
    unit: 'invocations',
    dollars: 1,
    per: 1e6,
    ...east,
    evidence: 'quoted',
    freePerMonth: 14e6,
  },
  mail: { service: 'SES', unit: 'mails', dollars: 0.1, per: 1000, ...east, evidence: 'quoted' },
  /** GetMetricData. Up to five statistics of one metric are one; it has no free tier. */
  metricRead: {
    service: 'CloudWatch metrics',
    unit: 'metrics read',
    dollars: 0.01,
    per: 1000,
    ...east,
    evidence: 'quoted',
  },
  readUnit: {
    service: 'DynamoDB',
    unit: 'read units',
    dollars: 0.125,
    per: 1e6,
    ...east,
    evidence: 'quoted',
  },
  writeUnit: {
    service: 'DynamoDB',
    unit: 'write units',
    dollars: 0.625,
    per: 1e6,
    ...east,
    evidence: 'quoted',
  },
  /** With point-in-time recovery: 0.25 for the table and 0.20 for the backup. */
  storedGbMonth: {
    service: 'DynamoDB',
    unit: 'GB-months with backup',
    dollars: 0.45,
    per: 1,
    ...east,
    evidence: 'memory',
  },
  queueRequest: {
    service: 'SQS',
    unit: 'requests',
    dollars: 0.4,
    per: 1e6,
    ...east,
    evidence: 'memory',
    freePerMonth: 1e6,
  },
  keyRequest: {
    service: 'KMS',
    unit: 'requests',
    dollars: 0.03,
    per: 10_000,
    ...east,
    evidence: 'memory',
    freePerMonth: 20_000,
  },
  keyMonth: { service: 'KMS', unit: 'key-months', dollars: 1, per: 1, ...east, evidence: 'memory' },
  secretMonth: {
    service: 'Secrets Manager',
    unit: 'secret-months',
    dollars: 0.4,
    per: 1,
    ...east,
    evidence: 'memory',
  },
  flagsAsked: {
    service: 'AppConfig',
    unit: 'configuration requests',
    dollars: 0.2,
    per: 1e6,
    ...east,
    evidence: 'quoted',
  },
  flagsReceived: {
    service: 'AppConfig',
    unit: 'configurations received',
    dollars: 0.0008,
    per: 1,
    ...east,
    evidence: 'quoted',
  },
  /** HTTP API. */
  apiRequest: {
    service: 'API Gateway',
    unit: 'requests',
    dollars: 1,
    per: 1e6,
    ...east,
    evidence: 'memory',
  },
  logGb: {
    service: 'CloudWatch Logs',
    unit: 'GB taken in',
    dollars: 0.5,
    per: 1,
    ...east,
    evidence: 'quoted',
    freePerMonth: 5,
  },
  alarmMonth: {
    service: 'CloudWatch alarms, dashboard',
    unit: 'metric-months',
    dollars: 0.1,
    per: 1,
    ...east,
    evidence: 'memory',
    freePerMonth: 10,
  },
  dashboardMonth: {
    service: 'CloudWatch alarms, dashboard',
    unit: 'dashboard-months',
    dollars: 3,
    per: 1,
    ...east,
    evidence: 'memory',
    freePerMonth: 3,
  },
} as const satisfies Readonly<Record<string, Price>>;

export type Priced = keyof typeof prices;
export const pricedNames = Object.keys(prices) as readonly Priced[];
/** Costs nothing: SSM Run Command, Scheduler's own API, tokens and heartbeats of Step Functions, AWS's own events. */
export const free = ['SSM Run Command', 'Scheduler API', 'SendTask*', 'EventBridge (AWS events)'] as const;
