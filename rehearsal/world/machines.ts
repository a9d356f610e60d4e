/** The state machines of a plan as the engine runs them. */
import type { Plan } from '#domain/plan/plan.ts';
import { escalationMachine } from '#statemachines/escalation.ts';
import { releaseMachine } from '#statemachines/release.ts';
import { loadMachine } from '../asl/load.ts';
import type { Machine } from '../asl/machine.ts';

interface Machines {
  readonly release: Machine;
  readonly escalation: Machine;
}
const loaded = new WeakMap<Plan, Machines>();

/** Loaded once: nothing changes a machine, and many worlds are made of one plan. */
export function machinesOf(plan: Plan): Machines {
  const machines = loaded.get(plan) ?? {
    release: loadMachine(releaseMachine(plan, (step) => step)),
    escalation: loadMachine(escalationMachine(plan, (step) => step)),
  };
  loaded.set(plan, machines);
  return machines;
}
