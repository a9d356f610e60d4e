/** What can be done in a phase. */
import { type Order, orders, phaseResolutions } from '#domain/ledger/facts.ts';
import { rollbackLevels } from '#domain/plan/plan.ts';
import { oneOf } from '../../terminal/input.ts';
import type { ActCommand, CommandsOf } from '../command-spec.ts';
import { link } from '../parse-values.ts';
import { comment, phase, reason } from './spec.ts';

const item = { name: 'item', help: 'an item of its checklist, by its id' } as const;
const choice = <const N extends string>(name: N, help: string, choices: readonly string[]) =>
  ({ name, help, choices, parse: oneOf(`<${name}>`, choices) }) as const;
const role = {
  name: 'role',
  flags: '--role <role>',
  help: "as which of one's roles",
  required: true,
} as const;
const evidence = [
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
    parse: (file: string) => ({ file }),
    required: true,
  },
] as const;

type Ordered = Pick<ActCommand<'order-phase'>, 'says' | 'options' | 'done' | 'destructive'>;
const ordersSaid: Readonly<Record<Order, Ordered>> = {
  'skip-wait': {
    says: 'ends the wait for a date',
    options: [reason],
    done: { en: '{phase} does not wait any more.', fr: '{phase} n’attend plus.' },
  },
  promote: {
    says: 'ends the observation now: the gate still asks for everything',
    options: [reason],
    done: { en: '{phase} is to be promoted.', fr: '{phase} doit être promue.' },
  },
  hold: {
    says: 'holds a phase until a person decides',
    options: [reason],
    done: { en: '{phase} is to be held.', fr: '{phase} doit être retenue.' },
  },
  correct: {
    says: 'leaves a phase for a correction',
    options: [reason],
    done: { en: '{phase} is to be corrected.', fr: '{phase} doit être corrigée.' },
  },
  'roll-back': {
    says: 'rolls a phase back',
    options: [
      {
        name: 'level',
        flags: '--level <level>',
        help: 'full, partial (one component) or degraded (features off)',
        required: true,
        choices: rollbackLevels,
        parse: oneOf('--level', rollbackLevels),
      },
      {
        name: 'component',
        flags: '--component <id>',
        help: 'which one, of a partial or degraded rollback',
      },
      reason,
    ],
    destructive: true,
    done: { en: '{phase} is to be rolled back.', fr: '{phase} doit être annulée.' },
  },
};

export const phaseActs = {
  'tick-item': [
    {
      says: 'ticks an item of the checklist',
      arguments: [phase, item],
      options: evidence,
      done: { en: '{phase} {item} is done.', fr: '{phase} {item} est fait.' },
    },
  ],
  'waive-item': [
    {
      says: 'waives an item: it need not be done, and why',
      arguments: [phase, item],
      options: [reason],
      done: { en: '{phase} {item} is waived.', fr: '{phase} {item} est dispensé.' },
    },
  ],
  'untick-item': [
    {
      says: 'unticks an item: it is open again',
      arguments: [phase, item],
      options: [reason],
      done: { en: '{phase} {item} is open again.', fr: '{phase} {item} est de nouveau ouvert.' },
    },
  ],
  'approve-gate': [
    {
      says: 'approves at the gate of a phase',
      arguments: [phase],
      options: [role, comment],
      done: { en: '{role} approves at the gate of {phase}.', fr: '{role} approuve au jalon de {phase}.' },
    },
  ],
  'reject-gate': [
    {
      says: 'rejects at the gate of a phase',
      arguments: [phase],
      options: [role, comment],
      done: { en: '{role} rejects at the gate of {phase}.', fr: '{role} refuse au jalon de {phase}.' },
    },
  ],
  'override-criterion': [
    {
      says: 'overrides a criterion: it takes two people, one who asks and one who grants it',
      arguments: [phase, { name: 'criterion', help: 'by its id' }],
      options: [comment],
      done: {
        en: 'You have said that criterion {criterion} of {phase} shall not count: it takes two people.',
        fr: 'Vous avez dit que le critère {criterion} de {phase} ne doit pas compter : il y faut deux personnes.',
      },
    },
  ],
  'order-phase': orders.map((order) => ({
    name: `order ${order}`,
    body: { order },
    arguments: [phase],
    ...ordersSaid[order],
  })),
  'resume-phase': [
    {
      says: 'resumes a held phase, and says how',
      arguments: [phase, choice('resolution', 'what comes next', phaseResolutions)],
      options: [comment],
      done: { en: '{phase} goes on: {resolution}.', fr: '{phase} reprend : {resolution}.' },
    },
  ],
  'report-correction': [
    {
      says: 'reports a correction: the phase begins again',
      arguments: [phase],
      options: [comment],
      done: { en: 'The correction of {phase} is reported.', fr: 'La correction de {phase} est signalée.' },
    },
  ],
  'decide-phase': [
    {
      says: 'decides about a phase that cannot go on; to abandon the release takes a second person',
      arguments: [phase, choice('decision', 'what comes next', ['retry', 'abandon'])],
      options: [comment],
      done: { en: '{phase}: {decision}.', fr: '{phase} : {decision}.' },
    },
  ],
  'agree-rollback': [
    {
      says: 'agrees to what a rollback cannot give back: it takes two people',
      arguments: [phase],
      options: [comment],
      destructive: true,
      done: {
        en: 'You agree to the rollback of {phase}.',
        fr: 'Vous acceptez le retour arrière de {phase}.',
      },
    },
  ],
  'decline-rollback': [
    {
      says: 'declines it: nothing is restored, and people decide anew',
      arguments: [phase],
      options: [comment],
      done: {
        en: 'The rollback of {phase} is declined: it is for you to decide.',
        fr: 'Le retour arrière de {phase} est refusé : à vous de décider.',
      },
    },
  ],
} satisfies Partial<CommandsOf>;
