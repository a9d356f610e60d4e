/** `docs/state-machines.md` as a text: the graphs of a plan's machines, each with a sentence. */
import type { Plan } from '#domain/plan/plan.ts';
import { graphOf } from '../graph.ts';

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
    '## The escalation',
    'One execution of this machine per incident calls the level that the severity asks for and climbs when nobody acknowledges in time.',
    graph(graphOf(plan, 'escalation', 'full')),
  ].join('\n\n')}\n`;
}
