/**
 * What no rehearsal can count, each with its unit and its reason. Change one and run `npm run bench:cost` again. Most of what
 * a release causes is mail, and mail is counted.
 */

/** Of `lib/function.ts`, on arm64. */
export const lambdaGb = 512 / 1024;
/** Parsing, deciding and answering, warm: the rehearsal's handlers take less than one, and Lambda's runtime adds some. */
export const handlerMs = 10;
/** Loading a bundle of about 1 MB and making SDK clients; billed since 2025-08 like the rest. */
export const coldStartMs = 600;
/** Lambda keeps an idle environment for minutes, not for an hour (observed by many, promised by nobody). */
export const idleMinutes = 10;
/** Awaited calls inside a region, in milliseconds; orders of magnitude, from the services' usual latencies. */
export const callMs = {
  read: 6,
  query: 10,
  transaction: 15,
  queue: 15,
  mail: 60,
  metrics: 150,
  flags: 300,
  control: 50,
} as const;

/** Lambda's START, END and REPORT lines, as JSON. */
export const invocationLogBytes = 700;
/** Around each of our log lines: time, level, function, request id. */
export const logLineBytes = 400;
/** One event of a Step Functions history as a log line, without execution data. */
export const historyLogBytes = 600;

/** What a task token of Step Functions takes (recorded ones have 500 to 1,000 characters; simulated ones are shorter). */
export const tokenBytes = 900;
/** DynamoDB counts so much for each item that it stores, beside its attributes (developer guide, "item sizes"). */
export const itemOverheadBytes = 100;
/** DynamoDB keeps a table's key for a principal so long before it asks KMS again (developer guide, "encryption usage"). */
export const keyCacheMinutes = 5;

/** Days of a month, on average. */
export const monthDays = 365.25 / 12;
/** Of rows that carry a date to expire (`functions/adapters/dynamodb/campaigns.ts`). */
export const campaignKeptMonths = 180 / monthDays;
/** The same of looks (`functions/adapters/dynamodb/bakes.ts`). */
export const evidenceKeptMonths = 400 / monthDays;

/** Servers of the product that run AppConfig's agent, which asks every 45 s unless told otherwise. */
export const productServers = 4;
export const flagsEverySeconds = 45;

/** Dashboards open at a time, for how long a day, asking how often (`notes`: every 5 to 10 s). */
export const dashboards = { open: 3, hoursPerDay: 2, everySeconds: 10 } as const;

/** Queues with a Lambda behind them: mail jobs, mail events and uploads. */
export const queues = 3;
/** Lambda asks an empty queue with five pollers that wait 20 s each, all month. */
export const idlePollers = 5;
export const pollSeconds = 20;

/** Own keys: releases, and waits. */
export const keys = 2;
/** The key of the links in mails. */
export const secrets = 1;
/** Of the stack: AWS bills an alarm by the metrics that it looks at (`lib/operations/alarms.ts`). */
export const alarmMetrics = 62;
export const operationsDashboards = 1;
