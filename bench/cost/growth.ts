/** The plan with longer bakes or more checks. Pure. */
import type { Check, Phase, Plan } from '#domain/plan/plan.ts';

/** Every bake, and its deadline, `factor` times as long. */
export function withLongerBakes(plan: Plan, factor: number): Plan {
  return {
    ...plan,
    phases: plan.phases.map((phase) =>
      phase.observation === undefined
        ? phase
        : {
            ...phase,
            observation: {
              ...phase.observation,
              continuousHealthHours: phase.observation.continuousHealthHours * factor,
              deadlineHours: phase.observation.deadlineHours * factor,
            },
          },
    ),
  };
}

/** Every check that a bake reads, `factor` times: the copies are checks of their own. */
export function withMoreChecks(plan: Plan, factor: number): Plan {
  const copies = (ids: readonly string[]) =>
    Array.from({ length: factor }, (_, copy) => ids.map((id) => nameOf(id, copy))).flat();
  const checks: Record<string, Check> = { ...plan.checks };
  for (const [id, check] of Object.entries(plan.checks)) {
    for (let copy = 1; copy < factor; copy += 1) checks[nameOf(id, copy)] = check;
  }
  const phases = plan.phases.map(
    (phase): Phase =>
      phase.observation === undefined
        ? phase
        : { ...phase, observation: { ...phase.observation, checks: copies(phase.observation.checks) } },
  );
  return { ...plan, checks, phases };
}

const nameOf = (id: string, copy: number) => (copy === 0 ? id : `${id}-${copy + 1}`);
