/** The plan of a deployment, from its file. Whoever deploys is told in English what is wrong, as of everything at synthesis. */
import { say } from '#domain/coded.ts';
import type { Plan } from '#domain/plan/plan.ts';
import { loadPlan as load, PlanRefused } from '#plans/plan-file.ts';
import { english } from '#presentation/messages/findings/english.ts';

/** A plan without errors; warnings do not stop it. Throws PlanRefused. */
export function loadPlan(path: string): Plan {
  try {
    return load(path);
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    throw new PlanRefused(error.refusal, error.language, say(english.refusals, error.refusal));
  }
}
