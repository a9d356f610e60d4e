/** For each rule of a plan file the smallest change to a sound one that must be reported. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'plans', `${name}.yaml`), 'utf8');
const example = text('example');
const technicia = text('technicia');

/** Seven lists of nine aliases each: nine to the eighth values. */
export const bomb = [...'abcdefgh']
  .map((name, i, all) => {
    const before = i === 0 ? '1' : `*${all[i - 1]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]\n`;
  })
  .join('');

type FileCase = readonly [rule: string, from: string, to: string];
const inExample: readonly FileCase[] = [
  ['yaml', 'title: Release', 'title: [Release'],
  ['yaml', 'product: demo-shop', 'product: demo-shop\nproduct: demo-shop'],
  ['yaml', 'product: demo-shop', '\tproduct: demo-shop'],
  ['yaml', 'references:', '---\nreferences:'],
  ['yaml-unclear', 'title: Release', 'title: !what Release'],
  ['alias-of-nothing', 'title: Release', 'title: *nothing # Release'],
  ['alias-of-nothing', 'features: [One-page payment]', 'features: &itself [*itself]'],
  ['aliases-without-end', 'product: demo-shop', `product: demo-shop\n${bomb}`],
  ['no-plan', 'jalon: 1\n', ''],
  ['no-plan', 'jalon: 1\n', 'jalon: { token: secret }\n'],
  ['missing-value', 'title: Release plan of the demo shop\n', ''],
  ['missing-value', '    correction: in-place\n', ''],
  ['missing-value', 'language: en\n', ''],
  ['unknown-key', 'timeZone:', 'timezone:'],
  ['unknown-key', 'product: demo-shop', 'product: demo-shop\nxylophone: 1'],
  ['unknown-key', '{ script: deploy }', '{ scrpt: deploy }'],
  ['unusable-key', '  operator:', '  Oper ator:'],
  ['wrong-type', 'title: Release plan of the demo shop', 'title: 7'],
  ['wrong-type', 'delayMinutes: 15', 'delayMinutes: soon'],
  ['wrong-type', 'delayMinutes: 15', 'delayMinutes: 1.5'],
  ['wrong-type', 'fourEyes: false', 'fourEyes: maybe'],
  ['wrong-type', 'severities: [user]', 'severities: user'],
  ['wrong-type', 'workday:\n  start: "09:00"\n  end: "17:00"', 'workday: always'],
  ['wrong-type', 'arguments: { Version: previous }', 'arguments: previous'],
  ['not-one-of', 'language: en', 'language: eng'],
  ['not-one-of', 'correction: in-place', 'correction: elsewhere'],
  ['not-one-of', '{ script: deploy }', '{}'],
  ['not-one-of', 'kind: task', 'kind: tsk'],
  ['not-one-of', 'noData: { action: hold }', 'noData: { action: hols }'],
  ['not-one-of', 'when: { days: [saturday, sunday], from: "00:00", to: "00:00" }', 'when: weekends'],
  ['out-of-bounds', 'attemptsMax: 3', 'attemptsMax: 30'],
  ['out-of-bounds', 'timeoutMinutes: 30', 'timeoutMinutes: 0'],
  ['out-of-bounds', 'badPercent: 0.3', 'badPercent: 0'],
  ['out-of-bounds', 'badPercent: 0.3', 'badPercent: 100'],
  ['out-of-bounds', 'state: Example', 'state: ""'],
  ['out-of-bounds', 'state: Example', `state: ${'x'.repeat(401)}`],
  ['out-of-bounds', '    cadence: daily', '    cadence: daily\n    days: []'],
  ['wrong-form', 'product: demo-shop', 'product: Demo Shop'],
  ['wrong-form', 'id: 1.1.1', 'id: "1 1"'],
  ['wrong-form', 'id: R1', 'id: S1'],
  ['wrong-form', 'day: 2025-03-10', 'day: soon'],
  ['wrong-form', 'start: "09:00"', 'start: nine'],
  ['wrong-form', 'timeZone: America/New_York', 'timeZone: Mars/Olympus'],
  ['wrong-form', 'support: https://', 'support: http://'],
  ['query-missing', ', total: "Shop/Orders:Sum"', ''],
  ['query-unwanted', 'metric: rate', 'metric: volume'],
  ['metric-not-offered', 'kind: cloudwatch', 'kind: jalon'],
  ['api-of-another-source', 'kind: cloudwatch', 'kind: http'],
];
const inTechnicia: readonly FileCase[] = [
  ['mail-template', '  - id: pilots-invitation', '  - id: invitation'],
  ['mail-template', '    invitesTo: user-tests\n', ''],
];

const made = (sound: string, cases: readonly FileCase[]): [rule: string, title: string, text: string][] =>
  cases.map(([rule, from, to]) => {
    if (!sound.includes(from)) throw new Error(`the plan has no "${from}"`);
    return [
      rule,
      `${JSON.stringify(to.slice(0, 40))} for ${JSON.stringify(from.slice(0, 40))}`,
      sound.replace(from, to),
    ];
  });

export const fileCases = [...made(example, inExample), ...made(technicia, inTechnicia)];
