/** What can be done in a phase: one row each. */
import { oneOf } from '../../terminal/input.ts';
import type { Order, Typed, TypedOption } from '../command-spec.ts';
import { link } from '../parse-values.ts';
import { comment, inPhase, order, phase, reason } from './spec.ts';

const item: Typed = { name: 'item', help: 'an item of its checklist, by its id' };
const choice = (name: string, help: string, choices: readonly string[]): Typed => ({
  ...{ name, help, choices },
  parse: oneOf(`<${name}>`, choices),
});
const role: TypedOption = {
  name: 'role',
  flags: '--role <role>',
  help: "as which of one's roles",
  required: true,
};
const evidence: readonly TypedOption[] = [
  { name: 'evidence', flags: '--evidence <text>', help: 'what shows that it is done', required: true },
  {
    name: 'evidence',
    flags: '--link <url>',
    help: 'where it can be seen, instead of --evidence',
    parse: link,
    required: true,
  },
  {
    name: 'evidence',
    flags: '--file <reference>',
    help: 'the reference of a file, instead of --evidence',
    parse: (file) => ({ file }),
    required: true,
  },
];

export const phaseOrders: readonly Order[] = [
  order(
    'tick',
    'ticks an item of the checklist',
    `${inPhase}/items/{item}`,
    { arguments: [phase, item], options: evidence },
    '{phase} {item} is done.',
    '{phase} {item} est fait.',
  ),
  order(
    'waive',
    'waives an item: it need not be done, and why',
    `${inPhase}/items/{item}/waiver`,
    { arguments: [phase, item], options: [reason] },
    '{phase} {item} is waived.',
    '{phase} {item} est dispensé.',
  ),
  order(
    'untick',
    'takes a tick back',
    `${inPhase}/items/{item}/untick`,
    { arguments: [phase, item], options: [reason] },
    '{phase} {item} is open again.',
    '{phase} {item} est de nouveau ouvert.',
  ),
  order(
    'approve',
    'approves at the gate of a phase',
    `${inPhase}/gate`,
    { body: { decision: 'approve' }, arguments: [phase], options: [role, comment] },
    '{role} approves at the gate of {phase}.',
    '{role} approuve au jalon de {phase}.',
  ),
  order(
    'reject',
    'rejects at the gate of a phase',
    `${inPhase}/gate`,
    { body: { decision: 'reject' }, arguments: [phase], options: [role, comment] },
    '{role} rejects at the gate of {phase}.',
    '{role} refuse au jalon de {phase}.',
  ),
  order(
    'override',
    'asks that a criterion shall not count, or grants what somebody else has asked',
    `${inPhase}/gate/overrides/{criterion}`,
    { arguments: [phase, { name: 'criterion', help: 'by its id' }], options: [comment] },
    'You have said that criterion {criterion} of {phase} shall not count: it takes two people.',
    'Vous avez dit que le critère {criterion} de {phase} ne doit pas compter : il y faut deux personnes.',
  ),
  order(
    'skip-wait',
    'ends the wait for a date',
    `${inPhase}/order`,
    { body: { order: 'skip-wait' }, arguments: [phase], options: [reason] },
    '{phase} does not wait any more.',
    '{phase} n’attend plus.',
  ),
  order(
    'resume',
    'says how a held phase goes on',
    `${inPhase}/hold`,
    {
      arguments: [
        phase,
        choice('resolution', 'what comes next', ['gate', 'observe', 'expose', 'correct', 'roll-back']),
      ],
      options: [comment],
    },
    '{phase} goes on: {resolution}.',
    '{phase} reprend : {resolution}.',
  ),
  order(
    'corrected',
    'reports what was corrected: the phase begins again',
    `${inPhase}/correction`,
    { arguments: [phase], options: [comment] },
    'The correction of {phase} is reported.',
    'La correction de {phase} est signalée.',
  ),
  order(
    'decide',
    'decides about a phase that failed before users had access',
    `${inPhase}/decision`,
    {
      arguments: [phase, choice('decision', 'what comes next', ['retry', 'roll-back', 'abandon'])],
      options: [comment],
    },
    '{phase}: {decision}.',
    '{phase} : {decision}.',
  ),
  order(
    'promote-early',
    'ends the observation now: the gate still asks for everything',
    `${inPhase}/order`,
    { body: { order: 'promote' }, arguments: [phase], options: [reason] },
    '{phase} is to be promoted.',
    '{phase} doit être promue.',
  ),
  order(
    'hold',
    'holds a phase until a person decides',
    `${inPhase}/order`,
    { body: { order: 'hold' }, arguments: [phase], options: [reason] },
    '{phase} is to be held.',
    '{phase} doit être retenue.',
  ),
  order(
    'correct',
    'leaves a phase for a correction',
    `${inPhase}/order`,
    { body: { order: 'correct' }, arguments: [phase], options: [reason] },
    '{phase} is to be corrected.',
    '{phase} doit être corrigée.',
  ),
  order(
    'rollback',
    'rolls a phase back',
    `${inPhase}/order`,
    {
      body: { order: 'roll-back' },
      arguments: [phase],
      options: [
        {
          name: 'level',
          flags: '--level <level>',
          help: 'full, partial (one component) or degraded (features off); else the release chooses',
          choices: ['full', 'partial', 'degraded'],
          parse: oneOf('--level', ['full', 'partial', 'degraded']),
        },
        {
          name: 'component',
          flags: '--component <id>',
          help: 'which one, of a partial or degraded rollback',
        },
        reason,
      ],
      destructive: true,
    },
    '{phase} is to be rolled back.',
    '{phase} doit être annulée.',
  ),
];
