/** One row a rule: the smallest change to a sound plan that must be reported, and where. */
import { describe, expect, it } from 'vitest';
import { lint } from '#domain/lint/lint.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { inEnglish } from '#test/support/findings.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { type Change, changed } from './changed-plan.ts';
import { planCases } from './plan-cases.ts';

const rulesOf = (plan: Plan) => new Set<string>(lint(plan).map(({ rule }) => rule));
const sound = rulesOf(readPlanForTest('technicia'));

describe('lint reports', () => {
  it.each(planCases)('under the rule %s what is wrong at %s', (rule, path, ...changes) => {
    const plan = changed(...changes);
    expect(
      lint(plan)
        .filter((finding) => finding.rule === rule)
        .map((finding) => finding.path),
    ).toContain(path);
    if (rule !== 'unknown-reference') expect(sound.has(rule), 'the sound plan does not have it').toBe(false);
  });

  it.each<[string, ...Change[]]>([
    ['a script twice in a phase', ['phases[1].scripts[1].script', 'deploy-staging']],
    ['a phase named like a rollback level', ['rollback.full.name', 'Stabilisation']],
    ['two rollback levels of one name', ['rollback.partial.name', 'Rollback complet']],
  ])('as an error what the state machine refuses: %s', (_title, ...changes) => {
    const plan = changed(...changes);
    expect(() => releaseMachine(plan, (step) => step)).toThrow(RangeError);
    expect(lint(plan).some(({ severity }) => severity === 'error')).toBe(true);
  });

  it('a marker only when it is too long', () => {
    // With the longest id of a release: 24 + '/' + 33 + '.3.script.' + 32 = 100.
    const path = 'phases[1].scripts[0].script';
    const found = (script: string) =>
      lint(changed(['phases[1].id', 'p'.repeat(33)], [path, script])).filter(
        (finding) => finding.rule === 'marker-too-long' && finding.path === path,
      );
    expect(found('s'.repeat(32))).toEqual([]);
    expect(found('s'.repeat(33))).toHaveLength(1);
  });

  it('in the order of the paths', () => {
    const paths = lint(readPlanForTest('technicia')).map(({ path }) => path);
    const collator = new Intl.Collator('en', { numeric: true });
    expect(paths).toEqual(paths.toSorted(collator.compare));
  });

  it('says of each finding its value, what is allowed and what to do', () => {
    const plan = changed(['launch.phase', 'production-20'], ['phases[1].from', '2025-04-20']);
    for (const finding of lint(plan).map(inEnglish)) {
      expect(
        finding.allowed.length * finding.fix.length * finding.message.length,
        finding.path,
      ).toBeGreaterThan(0);
    }
  });
});

describe("the plan's own document", () => {
  it("Technicia's has warnings only, and one of them is the invitation that comes after the tests", () => {
    const findings = lint(readPlanForTest('technicia'));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'invitation-after-phase',
        path: 'messages[0].date.day',
        value: 'J-7 (2025-05-11)',
      }),
    );
    expect(sound).toEqual(
      new Set(['invitation-after-phase', 'message-after-last-phase', 'no-control-left', 'placeholder']),
    );
  });

  it('the example has no errors', () => {
    expect(lint(readPlanForTest('example')).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('many findings', () => {
  it('are all there', () => {
    const duties = Array.from({ length: 150 }, () => 'nobody');
    const phases = readPlanForTest('technicia').phases.map((phase) => ({
      ...phase,
      gate: { ...phase.gate, approvals: { ...phase.gate.approvals, roles: duties } },
    }));
    const findings = lint({ ...readPlanForTest('technicia'), phases });
    expect(findings.filter(({ value }) => value === 'nobody')).toHaveLength(150 * phases.length);
  });
});
