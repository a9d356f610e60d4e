/** What a call of a port is on AWS: capacity units, metrics, mails, milliseconds. */
import type { Check } from '#domain/plan/plan.ts';
import { parseQuery } from '#functions/adapters/metrics/cloudwatch-query.ts';
import { questionsOf } from '#functions/adapters/metrics/provider.ts';
import { callMs } from './assumptions.ts';
import { type Request, type Rules, sum } from './rules.ts';
import { storeRules } from './stores.ts';

/** CloudWatch bills a metric once for all its statistics: value and number of samples are one. */
export function metricsIn(check: Check): number {
  // Questions to other sources are priced as if each were one metric of CloudWatch.
  const isPriced = check.source.kind === 'cloudwatch';
  const metrics = questionsOf(check).flatMap(({ query }): readonly object[] =>
    isPriced ? parseQuery(query).metrics : [{ query }],
  );
  const distinct = new Set(metrics.map((metric) => JSON.stringify({ ...metric, stat: '' })));
  return distinct.size * (check.compare === 'control' ? 2 : 1);
}

/** AWS asks nothing for these; they take their time. */
const unpriced: ReadonlySet<string> = new Set([
  'tasks',
  'machine',
  'executions',
  'escalations',
  'schedules',
  'scripts',
  'runs',
  'quota',
  'templates',
  'links',
]);

/** New for each rehearsal, which it remembers in part. */
export function requestsOf(
  product: string,
): (port: string, method: string, given: readonly unknown[], answer: unknown) => Request {
  const rules = { ...storeRules(product), ...serviceRules } as unknown as Readonly<
    Record<string, Readonly<Record<string, (given: readonly unknown[], answer: unknown) => Request>>>
  >;
  return (port, method, given, answer) => {
    const rule = rules[port]?.[method];
    if (rule) return rule(given, answer);
    if (unpriced.has(port)) return { usage: {}, ms: callMs.control };
    throw new RangeError(`${port}.${method} has no price: add it to bench/cost/requests.ts`);
  };
}

/** SendMessageBatch takes ten; a batch stays far below the 64 KiB that would count as two. */
const batchMax = 10;
const serviceRules: Rules<'metrics' | 'exposure' | 'mailQueue' | 'mailer' | 'notifier'> = {
  metrics: {
    read: ([checks]) => ({
      usage: { metricRead: sum(Object.values(checks).map(metricsIn)) },
      ms: callMs.metrics,
    }),
  },
  exposure: {
    // Each product server receives the new flags once; how many there are is not for here to know.
    set: () => ({ usage: {}, ms: callMs.flags }),
    withdraw: () => ({ usage: {}, ms: callMs.flags }),
    switch: () => ({ usage: {}, ms: callMs.flags }),
  },
  mailQueue: {
    enqueue: ([jobs]) => {
      const requests = Math.ceil(jobs.length / batchMax);
      return { usage: { queueRequest: requests }, ms: requests * callMs.queue };
    },
  },
  mailer: { send: () => ({ usage: { mail: 1 }, ms: callMs.mail }) },
  // A mail per role, as if each had an address of its own.
  notifier: {
    notify: ([{ roles }]) => {
      const mail = new Set(roles).size;
      return { usage: { mail }, ms: mail * callMs.mail };
    },
  },
};
