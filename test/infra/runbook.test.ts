/**
 * Whoever is woken by an alarm finds its page: every alarm has a heading, every heading an alarm, and somebody hears it.
 * And whoever deploys finds every setting.
 */
import { describe, expect, it } from 'vitest';
import { StageSettings } from '#lib/stage.ts';
import { textOf } from '#test/support/sources.ts';
import { synthesize } from './synthesized.ts';

const { resources, stage } = await synthesize();
const page = textOf('docs/operate/runbook.md');

/** Of no single alarm. */
const general = [
  'How to look',
  'Dead letters',
  'A release stopped in the console',
  'Restoring a table from point-in-time recovery',
];
const linesMin = 8;
const parts = ['**Impact.**', '**Look.**', '**Do.**', '**Over.**'];

const prefix = `jalon-technicia-${stage.name}-`;
const alarms = Object.values(resources('AWS::CloudWatch::Alarm')).map(({ Properties }) => ({
  /** Several alarms of one name are numbered. */
  name: String(Properties['AlarmName']).slice(prefix.length).replace(/-\d+$/, ''),
  fullName: String(Properties['AlarmName']),
  description: String(Properties['AlarmDescription']),
  actions: (Properties['AlarmActions'] ?? []) as readonly { readonly Ref?: string }[],
}));
const names = [...new Set(alarms.map(({ name }) => name))];
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ heading: text.split('\n', 1).join(), text }));
const sectionOf = (heading: string) => sections.find((one) => one.heading === heading)?.text ?? '';

describe('the runbook', () => {
  it('has a heading for every alarm, and an alarm for every heading that is not general', () => {
    const headings = sections.map(({ heading }) => heading);
    expect(headings.toSorted()).toEqual([...names, ...general].toSorted());
  });

  it('has its alarms in the order of the code', () => {
    expect(sections.map(({ heading }) => heading).filter((one) => names.includes(one))).toEqual(names);
  });

  it('names no metric, queue, function, table or machine that the stack has not', () => {
    const example = 'jalon-technicia-production-';
    const named = [...page.matchAll(/jalon-technicia-production-([a-z][a-z-]*[a-z])/g)].map(([, one]) => one);
    const known = JSON.stringify(resources());
    const unknown = named.filter((one) => !known.includes(`${prefix}${one}`));
    expect(page).toContain(example);
    expect([...new Set(unknown)]).toEqual([]);
  });
});

describe.each(alarms)('$fullName', ({ name, fullName, description, actions }) => {
  it('says what it means, how to look, what to do and how to see that it is over', () => {
    const text = sectionOf(name);
    expect(parts.filter((part) => !text.includes(part))).toEqual([]);
    expect(text.split('\n').length).toBeGreaterThanOrEqual(linesMin);
  });

  it('leads there from its description, and is named as the runbook says', () => {
    expect(description).toContain(`docs/operate/runbook.md#${name}`);
    expect(fullName.replace(/-\d+$/, '')).toBe(`${prefix}${name}`);
  });

  it('is heard by the operators', () => {
    const topics = Object.keys(resources('AWS::SNS::Topic'));
    expect(actions.map(({ Ref }) => Ref)).toEqual(topics);
  });
});

/** Names of settings, as far down as objects go: `mail.from.name`. */
function settingsOf(schema: unknown, path = ''): readonly string[] {
  const { def, shape, options } = unwrapped(schema);
  if (options && def.discriminator !== undefined)
    return [...new Set(options.flatMap((one) => settingsOf(one, path)))];
  if (!shape) return [path];
  return Object.entries(shape).flatMap(([name, inner]) =>
    settingsOf(inner, path === '' ? name : `${path}.${name}`),
  );
}
interface Schema {
  readonly def: { readonly innerType?: unknown; readonly discriminator?: string };
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly options?: readonly unknown[];
}
function unwrapped(schema: unknown): Schema {
  const { def } = schema as Schema;
  return def.innerType === undefined ? (schema as Schema) : unwrapped(def.innerType);
}

describe('the settings of a stage', () => {
  it('are all in the table of docs/operate/deploy.md, and nothing else is', () => {
    const table = textOf('docs/operate/deploy.md').split('## 2.')[1]?.split('## 3.')[0] ?? '';
    const rows = [...table.matchAll(/^\| (`[^|]*) \|/gm)].map(([, names = '']) => names);
    const described = rows.flatMap((row) => {
      const names = [...row.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      const above = names[0]?.replace(/\.[^.]*$/, '') ?? '';
      return names.map((name) => (name.startsWith('.') ? `${above}${name}` : name));
    });
    expect(described.toSorted()).toEqual(settingsOf(StageSettings).toSorted());
  });
});
