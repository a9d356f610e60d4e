/** Technicia's plan with a few values replaced: what a test of a rule starts from. */
import type { Plan } from '#domain/plan/plan.ts';
import { PlanSchema } from '#functions/contracts/plan.ts';
import { readPlanForTest } from '#test/support/plans.ts';

export type Change = readonly [path: string, value: unknown];

/** A copy of Technicia's plan with values replaced; `undefined` removes one. What comes out must still parse. */
export function changed(...changes: readonly Change[]): Plan {
  const plan: unknown = readPlanForTest('technicia');
  for (const [path, value] of changes) {
    const parts = path.split(/[.[\]]+/).filter((part) => part !== '');
    const last = parts.pop() ?? '';
    const parent = parts.reduce<unknown>((at, part) => Reflect.get(Object(at), part), plan);
    if (value === undefined) Reflect.deleteProperty(Object(parent), last);
    else Reflect.set(Object(parent), last, value);
  }
  return PlanSchema.parse(plan);
}
