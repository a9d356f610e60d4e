/**
 * Where a stage's metrics are. Functions run outside any network of yours, so whatever they reach, anybody reaches: every
 * address is https and every provider outside AWS asks for a secret.
 */
import { compile } from '@jmespath-community/jmespath';
import * as z from 'zod';
import { namesIn } from '#functions/adapters/metrics/template.ts';

const text = z.string().min(1).max(200);
const secretArn = z.string().startsWith('arn:', 'the ARN of a secret in Secrets Manager');
const httpsUrl = z.url({ protocol: /^https$/, error: 'an https address' });

/** Of one service: a server of yours, or a workspace of Amazon Managed Service for Prometheus. */
const prometheus = z.discriminatedUnion('service', [
  z.strictObject({
    service: z.literal('self-hosted'),
    /** Where `/api/v1/query_range` begins. */
    url: httpsUrl,
    /** `bearer`: the secret is the token. `basic`: it is `user:password`. */
    scheme: z.enum(['bearer', 'basic']),
    secretArn,
  }),
  z.strictObject({
    service: z.literal('amazon'),
    workspaceArn: z
      .string()
      .regex(
        /^arn:aws:aps:[a-z0-9-]+:\d{12}:workspace\/ws-[\w-]+$/,
        'the ARN of a workspace, arn:aws:aps:<region>:<account>:workspace/ws-<id>',
      ),
  }),
]);

const known: readonly string[] = ['query', 'from', 'to', 'cohort'];
const isTemplate = (template: string) => namesIn(template).every((name) => known.includes(name));
const template = z
  .string()
  .min(1)
  .max(4000)
  .refine(
    isTemplate,
    'a text whose placeholders are {{query}}, {{from}}, {{to}} or {{cohort}}; secrets stand in headers',
  );

const isJmesPath = (expression: string) => {
  try {
    return Boolean(compile(expression));
  } catch {
    return false;
  }
};
const jmesPath = z.string().min(1).max(1000).refine(isJmesPath, 'an expression of JMESPath');

/** A host that a query could choose would be told the secrets. */
const isFixedHost = (url: string) => {
  const host = URL.parse(url.replaceAll(/\{\{[^{}]*\}\}/g, 'x'))?.host;
  return host !== undefined && url.startsWith(`https://${host}/`);
};

const api = z
  .strictObject({
    url: template.refine(
      isFixedHost,
      'an https address whose host has a path after it, and no placeholder or password',
    ),
    method: z.enum(['GET', 'POST']).default('GET'),
    /** By name; a value may hold the names of `secrets`: `Api-Token {{token}}`. */
    headers: z.record(
      z
        .string()
        .regex(/^[\w-]+$/, 'the name of a header')
        .toLowerCase(),
      text,
    ),
    body: template.exactOptional(),
    /** By the names that headers use. */
    secrets: z.record(z.string().regex(/^[\w-]+$/, 'a name of letters, digits and hyphens'), secretArn),
    answer: jmesPath,
    error: jmesPath.exactOptional(),
    /** What an answer repeats of the question, by where it stands: a number, or a word of a text. */
    echoes: z
      .record(
        jmesPath,
        text.refine(
          (echo) => namesIn(echo).every((name) => name === 'cohort'),
          'a text with no other placeholder than {{cohort}}',
        ),
      )
      .exactOptional(),
    times: z.strictObject({
      asked: z.enum(['seconds', 'milliseconds', 'iso']),
      answered: z.enum(['seconds', 'milliseconds', 'iso']),
      stamp: z.enum(['start', 'end']).default('start'),
    }),
  })
  .refine(({ method, body }) => (method === 'POST') === (body !== undefined), {
    path: ['body'],
    error: 'a body with POST, and none with GET',
  })
  .refine(({ url, body = '' }) => [url, body].some((one) => namesIn(one).includes('query')), {
    path: ['url'],
    error: 'a place for {{query}}, here or in the body',
  })
  .refine(
    ({ headers, secrets }) => {
      const used = Object.values(headers).flatMap(namesIn);
      const given = Object.keys(secrets);
      return (
        given.length > 0 &&
        given.every((one) => used.includes(one)) &&
        used.every((one) => given.includes(one))
      );
    },
    {
      path: ['secrets'],
      error: 'at least one secret, each of them in a header as {{name}}, and no other name there',
    },
  );

export const MetricsSettings = z
  .strictObject({
    /** The dimension or label of the product's metrics that tells the new version from the old one. */
    cohort: z.strictObject({ dimension: text, treatment: text, control: text }).readonly(),
    /** How late a source has a minute's data; CloudWatch has it about two minutes later. */
    lagMinutes: z.number().int().min(0).max(60).default(2),
    prometheus: prometheus.exactOptional(),
    /** APIs that answer over HTTP, by the name that a plan uses. */
    apis: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name in lower case'), api).default({}),
  })
  .readonly();
export type MetricsSettings = z.output<typeof MetricsSettings>;
