/** `docs/reference/state-machines.md` as a text: the graphs of a plan's machines, each with a sentence. */
import type { Plan } from '#domain/plan/plan.ts';
import { type PhaseStep, phaseSteps } from '#statemachines/phase-steps.ts';
import { graphOf } from '../graph.ts';
import { table } from './tables.ts';

/** When a phase does a step, and what happens in it. */
const stepsSaid: Readonly<Record<PhaseStep, readonly [when: string, what: string]>> = {
  start: [
    'always',
    'waits for the first day of the phase, and for a pause, a bad version or a freeze to end',
  ],
  opening: ['always', 'writes that the phase has begun and dates its messages'],
  scripts: [
    '`scripts`',
    'runs each and waits for its end; one that is for a correction only from the second attempt on',
  ],
  checklist: ['`checklists`', 'waits for what is due before users get access'],
  comparison: [
    'a check compares cohorts',
    'tests that the cohorts are alike before anybody has the new version; a person decides where they are not',
  ],
  exposure: ['`exposure`', 'gives so many percent of the users access'],
  observation: ['`observation`', 'waits for continuous proven health; a silence is diagnosed'],
  gate: ['always', 'waits for criteria and approvals: promote, correct, hold or roll back'],
  hold: [
    'when it is held',
    'waits for a person who says how it goes on, or for the end of what keeps its users from getting access',
  ],
  closing: ['always', 'writes how the phase ended, which is its answer'],
};

export function stateMachinesPage(plan: Plan): string {
  const graph = (text: string) => `\`\`\`mermaid\n${text}\`\`\``;
  return `${[
    '# The state machines',
    `Generated from the plan of ${plan.product} by \`node cli/docs/generate.ts\`: do not edit. A box around states is a phase or a rollback level; a state with round ends waits for a person, a script, a metric or a date; a dotted arrow is a Catch, taken when something broke.`,
    '## The release at a glance',
    `One execution of this machine conducts one release from "${plan.phases[0]?.name ?? ''}" to "${plan.phases.at(-1)?.name ?? ''}"; an arrow stands for every way between two boxes.`,
    graph(graphOf(plan, 'release', 'overview')),
    '## The release in full',
    'Every phase opens, runs its scripts, waits for its checklist, gives access, observes, passes its gate and closes, as far as the plan asks for it.',
    graph(graphOf(plan, 'release', 'full')),
    '## The steps of a phase',
    table(
      ['step', 'where the plan has', 'what happens'],
      phaseSteps.map((step) => [step, ...stepsSaid[step]]),
    ),
    '## The escalation',
    'One execution of this machine per incident calls the level that the severity asks for and climbs when nobody acknowledges in time.',
    graph(graphOf(plan, 'escalation', 'full')),
  ].join('\n\n')}\n`;
}
