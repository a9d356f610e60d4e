/** The `[plan]` argument: a file, a bare name in `plans/`, or nothing for Technicia's plan. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { say } from '#domain/coded.ts';
import type { Plan } from '#domain/plan/plan.ts';
import type { Language } from '#presentation/format.ts';
import { BadInput } from './exit.ts';

const plansFolder = join(import.meta.dirname, '..', '..', 'plans');
const bareName = /^[a-z0-9][a-z0-9-]*$/;

/** The path of the plan file; a name that is not in `plans/` is refused with those that are. */
export function planPath(argument: string | undefined): string {
  const name = argument ?? 'technicia';
  if (!bareName.test(name)) return resolve(name);
  const known = readdirSync(plansFolder).flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []);
  if (known.includes(name)) return join(plansFolder, `${name}.yaml`);
  throw new BadInput(
    `there is no plan "${name}": the plans are ${known.join(', ')}; for a file, write its path, for example ./${name}.yaml`,
  );
}

/**
 * The plan, or BadInput with what is wrong in the file, in the language that is asked for or else the plan's. Warnings do not
 * stop a rehearsal.
 */
export async function loadPlan(argument: string | undefined, language?: Language): Promise<Plan> {
  const path = planPath(argument);
  if (!existsSync(path)) {
    throw new BadInput(
      `there is no file ${path}: write the path of a plan file, or the name of one in plans/`,
    );
  }
  const { loadPlan: load, PlanRefused } = await import('#plans/plan-file.ts');
  try {
    return load(path);
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    // What cannot be read at all is the caller's to repair, as errors in the plan are.
    const { lintTextsOf } = await import('#presentation/messages/findings/texts.ts');
    throw new BadInput(say(lintTextsOf(language ?? error.language ?? 'en').refusals, error.refusal));
  }
}
