/** Any plan that lints clean becomes a machine that AWS takes, and a release of it ends. */
import validate from 'asl-validator';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '#domain/lint/lint.ts';
import { addDays } from '#domain/plan/calendar.ts';
import type { Phase, Plan } from '#domain/plan/plan.ts';
import { loadMachine } from '#rehearsal/asl/load.ts';
import { rehearse } from '#rehearsal/rehearse.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { readPlanForTest } from '#test/support/plans.ts';
import { tries } from './tries.ts';

const technicia = readPlanForTest('technicia');
const launch = technicia.launch.phase;
const definitionBytesMax = 1_048_576;

interface Shape {
  readonly kept: readonly boolean[];
  /** Of each phase: corrected in place, or in the phase before it that is. */
  readonly inPlace: readonly boolean[];
  readonly attemptsMax: number;
  readonly observed: boolean;
  readonly listed: boolean;
  readonly times: number;
}
const shape: fc.Arbitrary<Shape> = fc.record({
  kept: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  inPlace: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  attemptsMax: fc.integer({ min: 1, max: 4 }),
  observed: fc.boolean(),
  listed: fc.boolean(),
  times: fc.integer({ min: 1, max: 4 }),
});

/** Technicia's plan with fewer phases, or more, and only what these can show. */
function planOf({ kept, inPlace, attemptsMax, observed, listed, times }: Shape): Plan {
  const chosen = technicia.phases.filter(({ id }, nth) => kept[nth] || id === launch);
  const phases: Phase[] = [];
  for (const [nth, one] of chosen.entries()) {
    const corrected = phases.findLast(({ correction }) => correction === 'in-place');
    const { observation, ...rest } = one;
    phases.push({
      ...rest,
      ...(observed && observation ? { observation } : {}),
      checklists: listed ? one.checklists : [],
      attemptsMax,
      correction: inPlace[nth] || !corrected ? 'in-place' : { phase: corrected.id },
    });
    for (let again = 2; one.exposure === undefined && again <= times; again += 1)
      phases.push({
        ...rest,
        id: `${one.id}-${again}`,
        name: `${again}. ${one.name}`.slice(0, 28),
        checklists: [],
        attemptsMax,
        correction: 'in-place',
      });
  }
  const launching = phases.findIndex(({ id }) => id === launch);
  const dated = phases.map((one, nth) => {
    const from = addDays(technicia.launch.day, 7 * (nth - launching));
    return { ...one, from, to: addDays(from, 6) };
  });
  const known = new Set(dated.map(({ id }) => id));
  const exposures = new Set(dated.map(({ exposure }) => exposure));
  const ofKnown = <T extends { readonly phases: readonly string[] }>(one: T): T => ({
    ...one,
    phases: one.phases.filter((id) => known.has(id)),
  });
  const [period] = technicia.periods;
  const messages = technicia.messages.filter(
    ({ guard, invitesTo, audience }) =>
      (guard.phaseOpened === undefined || known.has(guard.phaseOpened)) &&
      (invitesTo === undefined || known.has(invitesTo)) &&
      (guard.exposureMin === undefined || exposures.has(guard.exposureMin)) &&
      (!('exposed' in audience) || exposures.has(audience.exposed)),
  );
  const sent = new Set(messages.map(({ id }) => id));
  const { candidate: _none, feedback, ...plan } = technicia;
  return {
    ...plan,
    phases: dated,
    messages,
    ...(feedback && {
      feedback: {
        ...feedback,
        questions: feedback.questions.map((one) => ({
          ...one,
          after: one.after.filter((id) => sent.has(id)),
        })),
      },
    }),
    risks: technicia.risks.map((risk) =>
      risk.watchedBy ? { ...risk, watchedBy: ofKnown(risk.watchedBy) } : risk,
    ),
    reports: technicia.reports.map(ofKnown),
    periods: dated.map(({ id, from, to }) => ({ ...period, phases: [id], from, to })) as Plan['periods'],
  };
}
const errorsOf = (plan: Plan) => lint(plan).filter(({ severity }) => severity === 'error');

describe('a plan that lints clean', () => {
  it('is a machine that AWS and the rehearsal take', () => {
    let clean = 0;
    fc.assert(
      fc.property(shape, (one) => {
        const plan = planOf(one);
        for (const e of errorsOf(plan)) console.log(e.rule, e.path, JSON.stringify(e.value).slice(0, 60));
        if (errorsOf(plan).length > 0) return;
        clean += 1;
        const machine = releaseMachine(
          plan,
          (step) => `arn:aws:lambda:eu-west-3:123456789012:function:${step}`,
        );
        expect(new TextEncoder().encode(JSON.stringify(machine)).length).toBeLessThan(definitionBytesMax);
        const { isValid, errorsText } = validate(structuredClone(machine));
        expect(isValid ? '' : errorsText('\n')).toBe('');
        loadMachine(machine);
      }),
      { numRuns: tries({ all: 30, few: 6 }) },
    );
    expect(clean).toBeGreaterThan(tries({ all: 8, few: 1 }));
  });

  it('is a release that ends, whoever uses the product', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.constantFrom(0, 1, 800), async (one, users) => {
        const plan = planOf(one);
        if (errorsOf(plan).length > 0) return;
        const { release } = await rehearse({ plan, seed: 1, users });
        expect(release.status).not.toBe('active');
      }),
      { numRuns: tries({ all: 4, few: 1 }) },
    );
  });
});
