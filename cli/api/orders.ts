/** Everything that can be done to a release from the command line: one row each. */
import { severities } from '#domain/plan.ts';
import { calendarDay, oneOf, wholeNumber } from '../input.ts';
import type { Order, Typed, TypedOption } from './row.ts';
import { link, number } from './values.ts';

const release = '/releases/{releaseId}';
const inPhase = `${release}/phases/{phase}`;

const phase: Typed = { name: 'phase', help: 'a phase of the plan, by its id' };
const item: Typed = { name: 'item', help: 'an item of its checklist, by its id' };
const version: Typed = { name: 'version', help: 'as the scripts know it, for example 2.0.0' };
const choice = (name: string, help: string, choices: readonly string[]): Typed => ({
  ...{ name, help, choices },
  parse: oneOf(`<${name}>`, choices),
});
const text = (name: string, help: string): TypedOption => ({
  ...{ name, help, required: true },
  flags: `--${name} <text>`,
});
const reason = text('reason', 'why; it is kept in the ledger');
const comment = text('comment', 'what is said with it; it is kept in the ledger');
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

const order = (
  name: string,
  says: string,
  path: string,
  typed: Pick<Order, 'arguments' | 'options' | 'body' | 'destructive'>,
  en: string,
  fr: string,
): Order => ({ method: 'POST', ...{ name, says, path }, ...typed, done: { en, fr } });

const steering: readonly Order[] = [
  order(
    'start',
    'starts a release',
    '/releases',
    {
      arguments: [{ name: 'releaseId', help: 'its id: yours to choose, never used again' }],
      options: [
        { name: 'version', flags: '--version <version>', help: version.help, required: true },
        {
          name: 'launchDay',
          flags: '--launch-day <day>',
          help: "J, YYYY-MM-DD in the plan's time zone",
          parse: calendarDay('--launch-day'),
          required: true,
        },
      ],
    },
    'Release {releaseId} is starting.',
    'La release {releaseId} démarre.',
  ),
  order(
    'pause',
    'pauses: no phase starts and no gate promotes; a rollback is never paused',
    `${release}/pause`,
    { body: { paused: true }, options: [reason] },
    'The release is paused.',
    'La release est en pause.',
  ),
  order(
    'unpause',
    'lifts the pause',
    `${release}/pause`,
    { body: { paused: false }, options: [reason] },
    'The pause is lifted.',
    'La pause est levée.',
  ),
  order(
    'move-launch-day',
    'moves J, as long as nobody has access',
    `${release}/launch-day`,
    {
      arguments: [{ name: 'launchDay', help: 'YYYY-MM-DD', parse: calendarDay('<launchDay>') }],
      options: [reason],
    },
    'The launch day is {launchDay} now.',
    'Le jour du lancement est désormais le {launchDay}.',
  ),
  order(
    'replace-candidate',
    'goes on with another version, before anybody has access',
    `${release}/candidate`,
    { arguments: [version], options: [reason] },
    'The release goes on with version {version}.',
    'La release continue avec la version {version}.',
  ),
  order(
    'mark-bad',
    'says that a version must never be released again',
    `${release}/bad-version`,
    { arguments: [version], options: [reason], destructive: true },
    'Version {version} is marked bad.',
    'La version {version} est marquée mauvaise.',
  ),
  order(
    'override-freeze',
    'goes on although the plan freezes these days',
    `${release}/freezes/{freeze}/override`,
    { arguments: [{ name: 'freeze', help: 'its id; "jalon freezes" lists them' }], options: [reason] },
    'Freeze {freeze} does not hold the release any more.',
    'Le gel {freeze} ne retient plus la release.',
  ),
  order(
    'abort',
    'closes the ledger and stops the execution; users keep what they have',
    `${release}/abort`,
    { options: [reason], destructive: true },
    'The release is aborted. Users keep the access they have: "jalon withdraw-access" takes it away.',
    'La release est arrêtée. Les utilisateurs gardent leur accès : « jalon withdraw-access » le retire.',
  ),
  order(
    'withdraw-access',
    'takes away the access that an ended release has left',
    `${release}/withdraw-access`,
    { options: [reason], destructive: true },
    'The access is withdrawn.',
    'L’accès est retiré.',
  ),
  order(
    'measure',
    'records what people report: a value, and how many answers it rests on',
    `${release}/measures/{measure}`,
    {
      arguments: [
        { name: 'measure', help: 'a check of the plan whose source is jalon' },
        { name: 'value', help: 'in the unit of its objective', parse: number },
      ],
      options: [
        {
          name: 'samples',
          flags: '--samples <number>',
          help: 'how many answers it rests on',
          parse: wholeNumber('--samples', 0, 1e9),
          required: true,
        },
      ],
    },
    '{measure} is recorded: {value}.',
    '{measure} est enregistrée : {value}.',
  ),
];

const inAPhase: readonly Order[] = [
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
    'lets a gate pass although a criterion failed',
    `${inPhase}/gate/overrides/{criterion}`,
    { arguments: [phase, { name: 'criterion', help: 'by its id' }], options: [comment] },
    'Criterion {criterion} of {phase} does not hold the gate any more.',
    'Le critère {criterion} de {phase} ne retient plus le jalon.',
  ),
  order(
    'skip-wait',
    'ends the wait for a date',
    `${inPhase}/skip-wait`,
    { arguments: [phase], options: [reason] },
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
    'promotes a phase before its last day',
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
    'rolls back',
    `${inPhase}/order`,
    {
      body: { order: 'roll-back' },
      arguments: [phase],
      options: [
        {
          name: 'level',
          flags: '--level <level>',
          help: 'full, partial (one component) or degraded (features off)',
          choices: ['full', 'partial', 'degraded'],
          parse: oneOf('--level', ['full', 'partial', 'degraded']),
          required: true,
        },
        { name: 'component', flags: '--component <id>', help: 'which one, of a partial rollback' },
        reason,
      ],
      destructive: true,
    },
    '{phase} is to be rolled back ({level}).',
    '{phase} doit être annulée ({level}).',
  ),
];

const incident = `${release}/incidents/{incident}`;
const which: Typed = { name: 'incident', help: 'its id; "jalon incidents" lists them' };

const afterwards: readonly Order[] = [
  order(
    'incident open',
    'opens an incident: people are called',
    `${release}/incidents`,
    {
      options: [
        {
          name: 'severity',
          flags: '--severity <severity>',
          help: severities.join(', '),
          choices: severities,
          parse: oneOf('--severity', severities),
          required: true,
        },
        text('title', 'what is wrong'),
        { name: 'phase', flags: '--phase <phase>', help: 'the phase it belongs to' },
      ],
    },
    'The incident is open.',
    'L’incident est ouvert.',
  ),
  order(
    'incident acknowledge',
    'says that somebody is at it: the ladder of calls stops',
    incident,
    { body: { action: 'acknowledge' }, arguments: [which] },
    'Incident {incident} is acknowledged.',
    'L’incident {incident} est pris en charge.',
  ),
  order(
    'incident resolve',
    'says that it is over',
    incident,
    { body: { action: 'resolve' }, arguments: [which] },
    'Incident {incident} is resolved.',
    'L’incident {incident} est résolu.',
  ),
  order(
    'incident reopen',
    'says that it was not over',
    incident,
    { body: { action: 'reopen' }, arguments: [which] },
    'Incident {incident} is open again.',
    'L’incident {incident} est rouvert.',
  ),
  order(
    'close-task',
    'says that a task is done',
    `${release}/tasks/{task}`,
    {
      arguments: [{ name: 'task', help: 'its id; "jalon tasks" lists them' }],
      options: [text('note', 'what was done')],
    },
    'Task {task} is closed.',
    'La tâche {task} est close.',
  ),
];

export const orders: readonly Order[] = [...steering, ...inAPhase, ...afterwards];
