/** The document of feature flags that AppConfig keeps (schema AWS.AppConfig.FeatureFlags, version 1), and what it says. */
import * as z from 'zod';
import type { ComponentState } from '#domain/ledger/facts.ts';
import { bucketCount } from '#domain/plan/exposure-buckets.ts';

export interface Flags {
  /** Percent of users with access to the new version. */
  readonly percent: number;
  /** Which release set that; nothing before the first. */
  readonly release?: string;
  readonly components: Readonly<Record<string, ComponentState>>;
}
export const noFlags: Flags = { percent: 0, components: {} };

const newVersion = 'new-version';
const componentPrefix = 'component-';
const states = ['on', 'limited', 'off'] as const satisfies readonly ComponentState[];
/** AppConfig's alphabet for the name of a flag. */
const flagForm = /^[a-z][a-zA-Z\d_-]{0,63}$/;

const Attributes = z.object({ percent: z.number().min(0).max(100), release: z.string().exactOptional() });
// AppConfig adds `_createdAt` and `_updatedAt` of its own.
const Document = z.object({
  values: z
    .object({
      [newVersion]: z.object({
        _variants: z.array(z.object({ attributeValues: Attributes.optional() })).min(1),
      }),
    })
    .catchall(z.object({ mode: z.enum(states).optional() })),
});

/** Throws RangeError for a document that is not ours. */
export function parseFlags(text: string): Flags {
  const parsed = Document.safeParse(JSON.parse(text));
  if (!parsed.success) throw new RangeError(`the flags in AppConfig are not ours: ${parsed.error.message}`);
  const { [newVersion]: exposure, ...others } = parsed.data.values;
  const components = Object.entries(others).flatMap(([flag, { mode }]) =>
    flag.startsWith(componentPrefix) && mode !== undefined
      ? [[flag.slice(componentPrefix.length), mode] as const]
      : [],
  );
  return {
    ...(exposure._variants[0]?.attributeValues ?? { percent: 0 }),
    components: Object.fromEntries(components),
  };
}

/** The same flags are the same text. Throws RangeError for names that AppConfig does not take. */
export function renderFlags({ components, ...attributeValues }: Flags): string {
  const named = Object.entries(components)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, mode]) => [flagOf(id), id, mode] as const);
  return JSON.stringify({
    version: '1',
    flags: {
      [newVersion]: {
        name: 'New version',
        attributes: {
          percent: { constraints: { type: 'number', minimum: 0, maximum: 100 } },
          release: { constraints: { type: 'string' } },
        },
      },
      ...Object.fromEntries(
        named.map(([flag, id]) => [
          flag,
          { name: id, attributes: { mode: { constraints: { type: 'string', enum: states } } } },
        ]),
      ),
    },
    values: {
      [newVersion]: {
        _variants: [
          { name: 'New version', enabled: true, rule: ruleOf(attributeValues.percent), attributeValues },
          // Must be the last, and without a rule.
          { name: 'Old version', enabled: false, attributeValues },
        ],
      },
      ...Object.fromEntries(named.map(([flag, , mode]) => [flag, { enabled: mode !== 'off', mode }])),
    },
  });
}

function flagOf(component: string): string {
  const flag = `${componentPrefix}${component}`;
  if (!flagForm.test(flag)) throw new RangeError(`component "${component}" cannot name a flag of AppConfig`);
  return flag;
}

/** One variant whose size changes: a second one would get only what the first has left. */
const ruleOf = (percent: number) => `(lt $bucket ${Math.round((percent * bucketCount) / 100)})`;
