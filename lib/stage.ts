/**
 * What differs between two deployments of one plan: the settings of a stage, in `cdk.json` under `context.stages`. They are
 * checked whole before anything is synthesized.
 */
import * as z from 'zod';
import { noticeKinds } from '#domain/mailing/notice.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { MetricsSettings } from './metrics/settings.ts';

const address = z.email('a mail address');
const text = z.string().min(1).max(200);
const tag = z.strictObject({ tag: text, values: z.array(text).min(1).max(50) }).readonly();

/** Who runs the plan's scripts; one of the three. */
const scripts = z.discriminatedUnion('runner', [
  z.strictObject({
    runner: z.literal('run-command'),
    /** The servers, EC2 or hybrid: those that carry this tag with one of these values. */
    servers: tag,
    /** Where the plan's paths begin on a server, for example `C:\technicia`. */
    directory: text,
    /** How long a server may take to fetch a command. */
    deliverySeconds: z.number().int().min(30).max(172_800).default(600),
  }),
  z.strictObject({
    runner: z.literal('codedeploy'),
    application: text,
    deploymentGroup: text,
    /** Holds the revisions (`docs/reference/scripts.md`). */
    revisionBucket: text,
  }),
  z.strictObject({
    runner: z.literal('webhook'),
    url: z.url({ protocol: /^https$/, error: 'an https address' }),
    /** ARN of the secret in Secrets Manager with which both sides sign. */
    secretArn: z.string().startsWith('arn:', 'the ARN of a secret in Secrets Manager'),
  }),
]);

export const StageSettings = z
  .strictObject({
    /** Path of the plan file, from the project's root. */
    plan: text,
    /** Absent: those of whoever deploys. */
    account: z
      .string()
      .regex(/^\d{12}$/, 'an account id of 12 digits')
      .exactOptional(),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-west-3'),
    mail: z
      .strictObject({
        /** The verified domain that mail comes from; SES signs for it (DKIM). */
        domain: z.hostname('a domain such as example.com'),
        /** `false`: the account has the identity already, perhaps from another stage; it is used as it is. */
        createsIdentity: z.boolean().default(true),
        from: z.strictObject({ name: text, address }).readonly(),
      })
      .refine(({ domain, from }) => from.address.endsWith(`@${domain}`), {
        path: ['from', 'address'],
        error: 'an address of the domain: SES signs for no other',
      })
      .readonly(),
    scripts,
    metrics: MetricsSettings,
    /** Names of the product's own alarms: a change makes a bake look at once, and takes back a flag under way. */
    alarms: z.array(text).max(5).readonly().default([]),
    /** Addresses by role, where the plan has only a placeholder. */
    contacts: z.record(z.string(), address).readonly().default({}),
    /** Chats that hear what the team is told, beside the mails; by default everything that any role is told. */
    alerts: z
      .array(
        z
          .strictObject({
            format: z.enum(['slack', 'teams']),
            /** ARN of the secret in Secrets Manager that holds the webhook's address and nothing else. */
            secretArn: z.string().startsWith('arn:', 'the ARN of a secret in Secrets Manager'),
            kinds: z.array(z.enum(noticeKinds)).min(1).readonly().exactOptional(),
            /** Ids of roles of the plan. */
            roles: z.array(text).min(1).readonly().exactOptional(),
          })
          .readonly(),
      )
      .max(5)
      .readonly()
      .default([]),
    /** Who hears of the alarms of Jalon itself. */
    operators: z.array(address).min(1).max(10).readonly(),
    /** `true`: tables, machines and logs outlive the stack. */
    keepsData: z.boolean().default(true),
    logDays: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365)]).default(90),
    /** Second factor at sign-in. */
    secondFactor: z.enum(['required', 'optional']).default('required'),
    /** Name of a managed policy that bounds every role. */
    permissionsBoundary: text.exactOptional(),
    /**
     * CloudFormation types that this stage does without: an emulator may not know them. With `AWS::CloudWatch::Alarm.Metrics`
     * only alarms on an expression.
     */
    leaveOut: z.array(z.string().startsWith('AWS::', 'a CloudFormation type')).readonly().default([]),
  })
  .readonly();
export type StageSettings = z.output<typeof StageSettings>;
export interface Stage extends StageSettings {
  readonly name: string;
}

/** No hyphen: with one, product `a-b` in stage `c` and product `a` in stage `b-c` would be the same deployment. */
const nameForm = /^[a-z][a-z0-9]{0,15}$/;

/** All stages, or the one that is wanted. Throws RangeError that lists everything wrong, with the setting's path. */
export function readStages(context: unknown, wanted?: unknown): readonly Stage[] {
  const all = Object.entries((context ?? {}) as Record<string, unknown>);
  if (all.length === 0)
    throw new RangeError('cdk.json has no stages: add one under context.stages (docs/operate/deploy.md)');
  const entries = wanted === undefined ? all : all.filter(([name]) => name === wanted);
  if (entries.length === 0)
    throw new RangeError(
      `cdk.json has no stage "${String(wanted)}": it has ${all.map(([name]) => name).join(', ')}`,
    );
  return entries.map(([name, raw]) => {
    if (!nameForm.test(name))
      throw new RangeError(`stage "${name}": a name has 1 to 16 lower-case letters and digits, no hyphen`);
    const parsed = StageSettings.safeParse(raw);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(
        ({ path, message }) => `  ${path.join('.') || '(stage)'}: ${message}`,
      );
      throw new RangeError(
        `stage "${name}" in cdk.json cannot be deployed:\n${problems.join('\n')}\nEvery setting is described in lib/stage.ts and docs/operate/deploy.md`,
      );
    }
    return { name, ...parsed.data };
  });
}

/** The plan with the stage's contacts in place of its placeholders. Throws RangeError for a role that the plan has not. */
export function planAsDeployed(plan: Plan, { name, contacts, alerts }: Stage): Plan {
  refuseUnknownRoles(plan, name, 'contacts', Object.keys(contacts));
  refuseUnknownRoles(
    plan,
    name,
    'alerts',
    alerts.flatMap((chat) => chat.roles ?? []),
  );
  const roles = Object.entries(plan.roles).map(
    ([id, role]) => [id, { ...role, contact: contacts[id] ?? role.contact }] as const,
  );
  return { ...plan, roles: Object.fromEntries(roles) };
}

function refuseUnknownRoles({ roles }: Plan, stage: string, setting: string, named: readonly string[]): void {
  const unknown = named.filter((role) => !Object.hasOwn(roles, role));
  if (unknown.length === 0) return;
  throw new RangeError(
    `stage "${stage}": ${setting} names ${unknown.join(', ')}; the plan's roles are ${Object.keys(roles).join(', ')}`,
  );
}
