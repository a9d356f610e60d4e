/** The plans in `plans/` parse, and everything they name exists. Whether Technicia's says what the document says is
 * `test/document/compare.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { type ChecklistItem, type Phase, type Plan, rollbackLevels, severities } from '#domain/plan/plan.ts';
import { PlanSchema } from '#functions/contracts/plan.ts';

const folder = join(import.meta.dirname, '..', '..', 'plans');
const load = (file: string): Plan => PlanSchema.parse(parse(readFileSync(join(folder, file), 'utf8')));
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

const itemsOf = (phase: Phase): readonly ChecklistItem[] => phase.checklists.flatMap(({ items }) => items);
const allItems = (plan: Plan): readonly ChecklistItem[] => plan.phases.flatMap(itemsOf);
const repeated = (values: readonly string[]): readonly string[] =>
  values.filter((value, at) => values.indexOf(value) !== at);
const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

interface Mention {
  readonly where: string;
  readonly kind: 'role' | 'check' | 'script' | 'phase' | 'message' | 'component';
  readonly id: string | undefined;
}

/** Everything in a plan that names something else in it. */
function mentionsOf(plan: Plan): readonly Mention[] {
  const mentions: Mention[] = [];
  const add = (where: string, kind: Mention['kind'], ...ids: readonly (string | undefined)[]): void => {
    for (const id of ids) if (id !== undefined) mentions.push({ where, kind, id });
  };
  add('launch', 'phase', plan.launch.phase);
  for (const period of plan.periods) add(`period ${period.name}`, 'phase', ...period.phases);
  for (const level of plan.escalation) add(`escalation ${level.level}`, 'role', level.role);
  for (const [id, check] of Object.entries(plan.checks)) add(`check ${id}`, 'component', check.component);
  for (const metric of plan.successMetrics) add(`metric ${metric.name}`, 'check', metric.check);
  for (const { id, watchedBy } of plan.risks) {
    add(id, 'check', ...watchedBy.checks);
    add(id, 'phase', ...watchedBy.phases);
  }
  for (const phase of plan.phases) {
    add(phase.id, 'script', ...phase.scripts.map(({ script }) => script));
    add(phase.id, 'check', ...(phase.observation?.checks ?? []));
    add(phase.id, 'role', ...phase.gate.approvals.roles);
    if (phase.correction !== 'in-place') add(phase.id, 'phase', phase.correction.phase);
    for (const { id, check, approval } of phase.gate.criteria) {
      add(`criterion ${id}`, 'check', check);
      add(`criterion ${id}`, 'role', approval);
    }
    for (const { id, owner, verified } of itemsOf(phase)) {
      add(`item ${id}`, 'role', owner);
      if (verified === 'person') continue;
      if ('script' in verified) add(`item ${id}`, 'script', verified.script);
      if ('check' in verified) add(`item ${id}`, 'check', verified.check);
      if ('message' in verified) add(`item ${id}`, 'message', verified.message);
    }
  }
  for (const message of plan.messages) {
    add(`message ${message.id}`, 'phase', message.invitesTo, message.guard.phaseOpened);
  }
  for (const report of plan.reports) {
    add(`report ${report.id}`, 'role', ...report.roles);
    add(`report ${report.id}`, 'phase', ...report.phases);
  }
  for (const name of rollbackLevels) {
    for (const { id, action } of plan.rollback[name].steps) {
      const where = `rollback step ${id}`;
      if (action.kind === 'script') add(where, 'script', action.script);
      if (action.kind === 'message') add(where, 'message', action.message);
      if (action.kind === 'task') add(where, 'role', action.owner);
    }
  }
  return mentions;
}

it('finds both plans', () => {
  expect(files).toEqual(expect.arrayContaining(['example.yaml', 'technicia.yaml']));
});

describe.each(files)('%s', (file) => {
  const plan = load(file);

  it('names only what exists', () => {
    const known: Readonly<Record<Mention['kind'], ReadonlySet<string>>> = {
      role: new Set(Object.keys(plan.roles)),
      check: new Set(Object.keys(plan.checks)),
      script: new Set(Object.keys(plan.scripts)),
      component: new Set(Object.keys(plan.components)),
      phase: new Set(plan.phases.map(({ id }) => id)),
      message: new Set(plan.messages.map(({ id }) => id)),
    };
    const mentions = mentionsOf(plan);
    expect(mentions.length).toBeGreaterThan(10);
    expect(mentions.filter(({ kind, id }) => id !== undefined && !known[kind].has(id))).toEqual([]);
  });

  it('has unique ids', () => {
    expect(repeated(allItems(plan).map(({ id }) => id))).toEqual([]);
    expect(repeated(plan.phases.flatMap(({ gate }) => gate.criteria.map(({ id }) => id)))).toEqual([]);
    expect(repeated(plan.phases.map(({ id }) => id))).toEqual([]);
    expect(repeated(plan.messages.map(({ id }) => id))).toEqual([]);
    expect(repeated(plan.reports.map(({ id }) => id))).toEqual([]);
    expect(repeated(plan.risks.map(({ id }) => id))).toEqual([]);
    for (const name of rollbackLevels) {
      expect(repeated(plan.rollback[name].steps.map(({ id }) => id))).toEqual([]);
    }
  });

  it('binds each criterion to exactly one of a check and an approval that its gate asks for', () => {
    for (const { gate } of plan.phases) {
      for (const { id, check, approval } of gate.criteria) {
        expect(
          [check, approval].filter((binding) => binding !== undefined),
          id,
        ).toHaveLength(1);
        if (approval !== undefined) expect(gate.approvals.roles, id).toContain(approval);
      }
    }
  });

  it('has gates that people of the team can pass', () => {
    for (const { id, gate } of plan.phases) {
      expect(gate.approvals.roles.length, id).toBeGreaterThanOrEqual(gate.approvals.peopleMin);
      expect(gate.approvals.peopleMin, id).toBeGreaterThanOrEqual(1);
      expect(
        gate.approvals.roles.filter((role) => plan.roles[role]?.external),
        id,
      ).toEqual([]);
    }
  });

  it('has phases in order, from launch day on exposed to never fewer users', () => {
    for (const [at, phase] of plan.phases.entries()) {
      expect(phase.to >= phase.from, phase.id).toBe(true);
      const before = plan.phases[at - 1];
      if (!before) continue;
      expect(phase.from > before.to, phase.id).toBe(true);
      expect(phase.exposure ?? 0, phase.id).toBeGreaterThanOrEqual(before.exposure ?? 0);
    }
    const first = plan.phases.find(({ exposure }) => exposure !== undefined);
    expect({ day: first?.from, phase: first?.id }).toEqual(plan.launch);
  });

  it('proves health within the deadline, and observes what it exposes', () => {
    for (const { id, exposure, observation } of plan.phases) {
      expect(observation !== undefined, id).toBe(exposure !== undefined);
      if (!observation) continue;
      expect(observation.deadlineHours, id).toBeGreaterThan(observation.continuousHealthHours);
      expect(observation.checks.length, id).toBeGreaterThan(0);
    }
  });

  it('never ticks an item before the system can have seen it', () => {
    for (const phase of plan.phases) {
      for (const { id, verified, due } of itemsOf(phase)) {
        if (verified === 'person') continue;
        if ('script' in verified)
          expect(
            phase.scripts.map(({ script }) => script),
            id,
          ).toContain(verified.script);
        else expect(due, id).toBe('gate');
        if ('exposure' in verified) expect(phase.exposure, id).toBe(verified.exposure);
        if ('message' in verified) {
          const date = plan.messages.find((message) => message.id === verified.message)?.date;
          const day = date && addDays(plan.launch.day, date.day);
          expect(day !== undefined && phase.from <= day && day <= phase.to, id).toBe(true);
        }
      }
    }
  });

  it('never passes on silence without a reason', () => {
    for (const [id, { noData, window, compare, metric, tolerance }] of Object.entries(plan.checks)) {
      if (noData.action === 'pass') expect(noData.reason, id).toBeTruthy();
      expect(window.breaches, id).toBeLessThanOrEqual(window.of);
      // A split is held against its objective: that is its tolerance.
      expect(tolerance !== undefined, id).toBe(compare === 'control' && metric !== 'split');
    }
  });

  it('gives each severity one rollback level, and escalation levels in order', () => {
    expect(rollbackLevels.flatMap((name) => plan.rollback[name].severities).toSorted()).toEqual(
      severities.toSorted(),
    );
    expect(plan.escalation.map(({ level }) => level)).toEqual(plan.escalation.map((_, at) => at + 1));
  });

  it('says when a dated message goes, and guards what it announces', () => {
    for (const { id, timing, date, audience, guard } of plan.messages) {
      expect(date !== undefined, id).toBe(timing !== undefined);
      if (date && 'exposed' in audience) expect(guard.exposureMin, id).toBe(audience.exposed);
    }
  });
});

describe('technicia.yaml', () => {
  const plan = load('technicia.yaml');
  const check = (id: string) => plan.checks[id];

  it('has the rows of the document in number', () => {
    expect(allItems(plan)).toHaveLength(117);
    expect(plan.phases.map(({ id }) => id)).toEqual([
      'preparation',
      'staging',
      'user-tests',
      'corrections',
      'production-10',
      'production-50',
      'production-100',
      'stabilisation',
    ]);
    expect(plan.objectives).toHaveLength(5);
    expect(plan.periods).toHaveLength(6);
    expect(plan.escalation).toHaveLength(4);
    expect(plan.risks).toHaveLength(8);
    expect(plan.successMetrics).toHaveLength(7);
    expect(plan.reports).toHaveLength(5);
    expect(plan.messages.flatMap(({ date }) => (date ? [date.day] : []))).toEqual([-7, 0, 7, 14, 21, 30]);
    expect(rollbackLevels.map((name) => plan.rollback[name].steps.length)).toEqual([4, 4, 4]);
    expect(plan.references).toHaveLength(5);
  });

  it('has the feedback system set up with the first users, and the final checklist before them', () => {
    const phaseOf = (section: string) =>
      plan.phases
        .filter(({ checklists }) => checklists.some((list) => list.section === section))
        .map(({ id }) => id);
    expect(phaseOf('6.4')).toEqual(['production-10']);
    expect(phaseOf('11.1')).toEqual(['corrections']);
  });

  it('leads each kind of breach to its rollback level', () => {
    const level = (id: string) =>
      rollbackLevels.find((name) => plan.rollback[name].severities.includes(check(id)?.severity ?? 'major'));
    expect(check('error-rate')).toMatchObject({ class: 'rollback', compare: 'control', tolerance: 1.1 });
    expect(level('error-rate')).toBe('full');
    expect(check('ocr-error-rate')).toMatchObject({ class: 'rollback', component: 'ocr' });
    expect(level('ocr-error-rate')).toBe('partial');
    expect(check('chatbot-response-time')).toMatchObject({ class: 'rollback', component: 'chatbot' });
    expect(level('chatbot-response-time')).toBe('degraded');
  });

  it('asks of a gate no metric that is measured only after it', () => {
    const later = plan.successMetrics
      .filter(({ fromDay }) => fromDay !== undefined)
      .map((metric) => metric.check);
    expect(later).toEqual(['adoption']);
    for (const { id, gate } of plan.phases) {
      expect(
        gate.criteria.filter((criterion) => later.includes(criterion.check ?? '')),
        id,
      ).toEqual([]);
    }
  });

  it('measures the success metrics by checks of the same objective', () => {
    for (const metric of plan.successMetrics) {
      expect(check(metric.check)?.objective, metric.name).toEqual(metric.objective);
    }
  });
});

it('has an up-to-date schema for editors: `node test/plans/write-schema.ts` writes it', () => {
  const stored: unknown = JSON.parse(readFileSync(join(folder, 'plan.schema.json'), 'utf8'));
  expect(stored).toEqual(z.toJSONSchema(PlanSchema, { io: 'input' }));
});
