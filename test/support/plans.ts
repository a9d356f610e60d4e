/** Plans to test with: the files of `plans/`, and a small one in code of which a test states only what differs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ChecklistItem, Message, Phase, Plan, Report, Verification } from '#domain/plan/plan.ts';
import { PlanSchema } from '#functions/contracts/plan.ts';
import { gate } from './builders.ts';

export const planNames = ['technicia', 'example'] as const;
export type PlanName = (typeof planNames)[number];

const folder = join(import.meta.dirname, '..', '..', 'plans');

const parsed = new Map<PlanName, Plan>();

/** `plans/<name>.yaml`, read and parsed once, which takes longer than most tests; each call gives a plan of its own. */
export function readPlanForTest(name: PlanName): Plan {
  const plan =
    parsed.get(name) ?? PlanSchema.parse(parse(readFileSync(join(folder, `${name}.yaml`), 'utf8')));
  parsed.set(name, plan);
  return structuredClone(plan);
}

export const item = (
  id: string,
  verified: Verification = 'person',
  due: ChecklistItem['due'] = 'checklist',
) => ({ id, text: `do ${id}`, owner: 'operator', verified, due }) satisfies ChecklistItem;

export const checklist = (...items: readonly ChecklistItem[]) => ({ section: '1', title: 'List', items });

export const phase = (id: string, changes: Partial<Phase> = {}): Phase => ({
  id,
  name: `Phase ${id}`,
  section: '1',
  from: '2025-03-03',
  to: '2025-03-07',
  scripts: [],
  checklists: [],
  gate: gate(),
  correction: 'in-place',
  attemptsMax: 3,
  ...changes,
});

export const message = (id: string, changes: Partial<Message> = {}): Message => ({
  id,
  step: 'Launch',
  audience: { segment: 'pilots' },
  audienceName: 'Pilots',
  subject: 'Hello',
  content: 'News',
  channel: 'Email',
  date: { day: 0, time: '10:00' },
  guard: {},
  lateDaysMax: 3,
  ...changes,
});

export const report = (id: string, changes: Partial<Report> = {}): Report => ({
  id,
  step: 'Launch',
  audience: 'Everybody',
  roles: ['operator'],
  content: 'News',
  channel: 'Email',
  frequency: 'Daily',
  cadence: 'daily',
  phases: ['build'],
  ...changes,
});

const level = (severity: 'critical' | 'technical' | 'user') => ({
  name: `Undo ${severity}`,
  level: severity,
  severities: [severity],
  steps: [
    { id: 'investigate', text: 'Investigate', action: { kind: 'task' as const, owner: 'release-manager' } },
  ],
});

/** One product, one phase `build`, J on 2025-03-10 in Paris. */
export const smallPlan = (changes: Partial<Plan> = {}): Plan => ({
  jalon: 1,
  product: 'demo',
  title: 'Plan of the demo',
  language: 'en',
  revision: { day: '2025-01-01', state: 'Test' },
  timeZone: 'Europe/Paris',
  workday: { start: '09:00', end: '17:00' },
  objectives: [],
  freezes: [],
  measures: {},
  launch: { day: '2025-03-10', phase: 'build' },
  periods: [],
  roles: {},
  escalation: [
    {
      level: 1,
      name: 'Operator',
      role: 'operator',
      delayMinutes: 15,
      condition: 'Trouble',
      severity: 'user',
    },
  ],
  components: {},
  scripts: {},
  checks: {},
  successMetrics: [],
  risks: [],
  phases: [phase('build')],
  messages: [],
  segments: { pilots: 'Pilots' },
  reports: [],
  rollback: { full: level('critical'), partial: level('technical'), degraded: level('user') },
  references: [],
  ...changes,
});
