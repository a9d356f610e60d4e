import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Approval } from '#domain/ledger/records.ts';
import { quoted } from '#domain/quoted.ts';
import { decideGate, type GateSituation } from '#domain/rules/gate.ts';
import { at, gate } from '#test/support/builders.ts';

const roles = ['lead', 'qa', 'devops'] as const;
const people = ['ada', 'bob', 'eve'] as const;

const approval: fc.Arbitrary<Approval> = fc.record({
  role: fc.constantFrom(...roles, 'support'),
  by: fc.constantFrom(...people),
  at: fc.constant(at),
  // Mostly yes, or nothing would ever be promoted here.
  approved: fc.oneof(
    { weight: 15, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  comment: fc.constant(quoted('')),
});
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const criteria = ['1.1', '1.2', '1.3'] as const;
const situation: fc.Arbitrary<GateSituation> = fc
  .record({
    checked: fc.subarray([...criteria]),
    onFail: fc.constantFrom('correct', 'hold', 'roll-back'),
    notBefore: fc.boolean(),
    asked: fc.subarray([...roles]),
    peopleMin: fc.integer({ min: 0, max: 3 }),
    fourEyes: fc.boolean(),
    verdicts: fc.tuple(...criteria.map(() => mostly('healthy', 'unhealthy', 'inconclusive', 'unknown'))),
    openItems: mostly(0, 1, 5),
    approvals: fc.array(approval, { maxLength: 6 }),
    overridden: fc.constant([]),
    blocking: mostly(undefined, { cause: { code: 'paused', params: {} } } as const),
    ended: mostly(true, false),
    late: mostly(false, true),
  })
  .map(({ checked, onFail, notBefore, asked, peopleMin, fourEyes, verdicts, ...rest }) => ({
    ...rest,
    startedBy: 'ada',
    checks: {},
    gate: gate({
      criteria: checked.map((id) => ({ id, text: id, check: `check-${id}`, onFail })),
      approvals: { roles: asked, peopleMin, fourEyes },
      ...(notBefore ? { notBefore: 'end' as const } : {}),
    }),
    readings: checked.flatMap((criterion, index) => {
      const verdict = verdicts[index];
      return verdict ? [{ criterion, verdict: verdict as 'healthy' }] : [];
    }),
  }));

/** What is missing before a gate may promote, from the words of the plan and not from the code. */
function missing({ gate: asked, readings, openItems, approvals, startedBy, blocking, ended }: GateSituation) {
  // The newest word of each person for each role.
  const words = [...new Map(approvals.map((one) => [`${one.by} ${one.role}`, one])).values()];
  const yes = words.filter(({ approved }) => approved);
  const names = new Set(yes.map(({ by }) => by));
  const onlyTheStarter = names.has(startedBy) && names.size === 1;
  return [
    ...(blocking ? ['a release that is not paused'] : []),
    ...(asked.notBefore === 'end' && !ended ? ['the end of the phase'] : []),
    ...(openItems > 0 ? ['items'] : []),
    ...(yes.length < words.length ? ['the consent of all'] : []),
    ...asked.approvals.roles.filter((role) => !yes.some((one) => one.role === role)),
    ...(names.size < asked.approvals.peopleMin ? ['people'] : []),
    ...(asked.approvals.fourEyes && onlyTheStarter ? ['a second pair of eyes'] : []),
    ...asked.criteria.filter(
      ({ id }) => readings.find(({ criterion }) => criterion === id)?.verdict !== 'healthy',
    ),
  ];
}

describe('a gate', () => {
  it('promotes when nothing is missing, and never otherwise', () => {
    let promoted = 0;
    fc.assert(
      fc.property(situation, (given) => {
        const { outcome } = decideGate(given);
        if (outcome === 'promote') promoted += 1;
        expect(outcome === 'promote').toBe(missing(given).length === 0);
      }),
      { numRuns: 3000 },
    );
    expect(promoted).toBeGreaterThan(50);
  });

  it('never goes back or on because somebody is silent', () => {
    fc.assert(
      fc.property(situation, (given) => {
        const silent = {
          ...given,
          late: false,
          approvals: given.approvals.filter(({ approved }) => approved),
          readings: given.readings.map(({ criterion }) => ({ criterion, verdict: 'unknown' as const })),
        };
        fc.pre(silent.readings.length > 0);
        expect(decideGate(silent).outcome).toBe('wait');
      }),
    );
  });
});
