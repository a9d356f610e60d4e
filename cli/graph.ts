/** `jalon graph` and `jalon asl`: the machines of a plan, to look at and to deploy. */
import type { Plan } from '#domain/plan/plan.ts';
import { escalationMachine } from '#statemachines/escalation.ts';
import type { StateMachineDefinition } from '#statemachines/language.ts';
import { flowchart, overview } from '#statemachines/mermaid.ts';
import { releaseMachine } from '#statemachines/release.ts';

const machineNames = ['release', 'escalation'] as const;
export type MachineName = (typeof machineNames)[number];

const machines = { release: releaseMachine, escalation: escalationMachine } as const;

/** Functions are named `${step-name}`: whoever deploys puts their ARNs there. */
export const definitionOf = (plan: Plan, machine: MachineName): StateMachineDefinition =>
  machines[machine](plan, (step) => `\${${step}}`);

/** Mermaid text; the overview has phases and outcomes only. */
export const graphOf = (plan: Plan, machine: MachineName, detail: 'full' | 'overview'): string =>
  (detail === 'full' ? flowchart : overview)(definitionOf(plan, machine));
