/** The tables of `docs/why/design.md` that are written from the code. */
import { type WaitKind, waitKinds } from '#domain/rules/wait.ts';
import { isCommand, operationNames, operations } from '#functions/runtime/operations.ts';
import { rows } from '../api/commands/table.ts';
import { rewritten, table } from './tables.ts';

/** Of each wait: the state that parks it, what it is for, what settles it. */
const waitsSaid: Readonly<Record<WaitKind, readonly [state: string, waitsFor: string, settledBy: string]>> = {
  start: ['Await the start', 'the phase’s first day, and that nothing blocks the release', 'a date'],
  script: [
    'Run script',
    'the end of a command',
    'its event, the callback of a pipeline, or a tick that asks',
  ],
  checklist: ['Complete checklist', 'what is due before exposure', 'ticks of people and of the system'],
  bake: [
    'Observe',
    'continuous proven health',
    'a tick every few minutes; no tick for four periods is diagnosed',
  ],
  gate: ['Pass gate', 'criteria, checklist, approvals, the phase’s last day', 'commands, an hourly look'],
  hold: [
    'Hold',
    'a person who says how the phase goes on; before exposure, that nothing blocks it',
    'a command, a date',
  ],
  correction: ['Correct', 'a person who reports the correction', 'a command'],
  decision: ['Await a decision', 'a person who decides about the phase', 'a command'],
  agreement: [
    'Await agreement',
    'two people who want what cannot be undone; after half an hour others are called',
    'a command',
  ],
  'follow-up': ['Finish follow-up', 'the last message and the last measurement (J+30)', 'a daily look'],
  acknowledgement: [
    'Call level',
    'somebody who acknowledges the incident',
    'a command; after the level’s delay the next one is called',
  ],
};

const waitsTable = () =>
  table(
    ['wait', 'state', 'waits for', 'settled by'],
    waitKinds.map((kind) => [`\`${kind}\``, ...waitsSaid[kind]]),
  );

/** What people do: one name in operation, path, command and fact. */
const actsTable = () =>
  table(
    ['to', 'operation', 'request', 'command', 'fact'],
    operationNames.filter(isCommand).map((name) => {
      const { to, method, path, facts } = operations[name];
      const commands = rows.filter(({ operation }) => operation === name).map((one) => one.name);
      const quoted = (texts: readonly string[]) => texts.map((one) => `\`${one}\``).join(', ') || '–';
      return [to, quoted([name]), quoted([`${method} ${path}`]), quoted(commands), quoted(facts)];
    }),
  );

/** The page with its tables anew. Throws RangeError when the place of one is not there. */
export const withDesignTables = (page: string): string =>
  rewritten(page, { acts: actsTable(), waits: waitsTable() });
